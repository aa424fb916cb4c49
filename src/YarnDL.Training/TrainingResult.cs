using YarnDL.Data.Encoding;
using YarnDL.Graphs.Programs;

namespace YarnDL.Training;

/// <summary>What a training that ended in order left behind.</summary>
public sealed record TrainingResult
{
    public required TrainingOutcome Outcome { get; init; }

    /// <summary>One sentence, such as why the gate was not met.</summary>
    public required string Message { get; init; }

    /// <summary>The model directory that was written, published or rejected; null when cancelled.</summary>
    public string? ModelPath { get; init; }

    /// <summary>The checkpoint that was left when cancelled.</summary>
    public string? CheckpointPath { get; init; }

    public required string MetricsPath { get; init; }

    /// <summary>All epochs, those before a resume too.</summary>
    public required IReadOnlyList<EpochReport> Epochs { get; init; }

    /// <summary>Steps done in all.</summary>
    public required long Steps { get; init; }

    public required string DataHash { get; init; }

    public RowLedger? Ledger { get; init; }

    /// <summary>Time by node of the training graph, over the steps of this attempt that were measured; slowest first.</summary>
    public IReadOnlyList<NodeTime> NodeTimes { get; init; } = [];

    /// <summary>Values of the last epoch.</summary>
    public IReadOnlyDictionary<string, double> FinalValues => Epochs.Count == 0 ? new Dictionary<string, double>() : Epochs[^1].Values;
}
