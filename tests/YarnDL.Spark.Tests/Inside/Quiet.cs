using YarnDL.Training;

namespace YarnDL.Spark.Tests.Inside;

/// <summary>Says notices only.</summary>
internal sealed class Quiet : ITrainingProgress
{
    public void Stage(string name)
    {
    }

    public void Rows(long done, long? total)
    {
    }

    public void Step(StepReport report)
    {
    }

    public void Epoch(EpochReport report)
    {
    }

    public void Notice(string message) => Console.Error.WriteLine(message);
}
