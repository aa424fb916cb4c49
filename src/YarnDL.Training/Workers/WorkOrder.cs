using YarnDL.Training.Engines;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Workers;

/// <summary>One worker's part of one step. The reply repeats the first seven; whatever does not match is not this order's answer.</summary>
public sealed record WorkOrder
{
    public required string Run { get; init; }

    /// <summary>How often the run was resumed.</summary>
    public required int Attempt { get; init; }

    /// <summary>How often the set of workers changed.</summary>
    public required int Generation { get; init; }

    /// <summary>Steps done before this one, over all epochs.</summary>
    public required long Step { get; init; }

    public required int Phase { get; init; }

    public required ShardRange Range { get; init; }

    public required long WeightsVersion { get; init; }

    public required StepPosition Position { get; init; }

    /// <summary>The step after this one, whose denominators ride on the reply; null after the last.</summary>
    public StepPosition? Next { get; init; }

    /// <summary>Data hash of the rows that must be open.</summary>
    public required string Rows { get; init; }

    public required IReadOnlyList<float> Denominators { get; init; }

    /// <summary>A worker's part of a step.</summary>
    public static WorkOrder Of(EngineSession session, StepOrder order, ShardRange range, int generation) => new()
    {
        Run = session.Run,
        Attempt = session.Attempt,
        Generation = generation,
        Step = order.Step,
        Phase = order.Phase,
        Range = range,
        WeightsVersion = order.Version,
        Position = order.Position,
        Next = order.Next,
        Rows = session.Rows.DataHash,
        Denominators = order.Denominators,
    };
}
