using YarnDL.Training.Steps;

namespace YarnDL.Training.Engines;

/// <summary>What an engine is opened for: one run's plan and rows. The rows stay the caller's.</summary>
public sealed record EngineSession
{
    public required string Run { get; init; }

    /// <summary>How often the run was resumed.</summary>
    public required int Attempt { get; init; }

    public required StepPlan Plan { get; init; }

    public required IRowSource Rows { get; init; }

    public IRowSource? HeldOut { get; init; }

    public required ITrainingProgress Progress { get; init; }
}
