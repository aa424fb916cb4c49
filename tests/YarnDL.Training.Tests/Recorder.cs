namespace YarnDL.Training.Tests;

/// <summary>Keeps what a run tells, and can act on a step.</summary>
internal sealed class Recorder(Action<StepReport>? onStep = null, Action? onRows = null) : ITrainingProgress
{
    public List<double> Losses { get; } = [];

    public List<EpochReport> Epochs { get; } = [];

    public List<string> Notices { get; } = [];

    public void Stage(string name)
    {
    }

    public void Rows(long done, long? total) => onRows?.Invoke();

    public void Step(StepReport report)
    {
        Losses.Add(report.Loss);
        onStep?.Invoke(report);
    }

    public void Epoch(EpochReport report) => Epochs.Add(report);

    public void Notice(string message)
    {
        lock (Notices)
        {
            Notices.Add(message);
        }
    }
}
