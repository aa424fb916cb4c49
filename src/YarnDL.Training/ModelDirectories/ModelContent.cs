using System.Text.Json.Nodes;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.ModelDirectories;

/// <summary>What a finished training hands to the writer of its model directory.</summary>
internal sealed record ModelContent
{
    public required TrainingPlan Plan { get; init; }

    public required IReadOnlyList<Phase> Phases { get; init; }

    public required TrainingRun Run { get; init; }

    public required JsonObject Fingerprint { get; init; }

    public required Tensor Parameters { get; init; }

    public required Tensor Buffers { get; init; }

    public required IReadOnlyDictionary<string, float[]> Optimizer { get; init; }

    public required IReadOnlyList<EpochReport> Epochs { get; init; }

    public required long Steps { get; init; }

    /// <summary>Updates that the optimizer's state has seen.</summary>
    public required long OptimizerSteps { get; init; }

    public required IRowSource Rows { get; init; }

    public IRowSource? HeldOut { get; init; }

    public string? InitChecksum { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Why the gate rejected it; null when published.</summary>
    public string? Rejected { get; init; }
}
