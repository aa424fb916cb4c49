using YarnDL.Training;

namespace YarnDL.Progress;

/// <summary>Says nothing.</summary>
public sealed class SilentProgress : ITrainingProgress
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

    public void Notice(string message)
    {
    }
}
