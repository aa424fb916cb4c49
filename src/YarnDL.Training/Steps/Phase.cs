using YarnDL.Graphs;

namespace YarnDL.Training.Steps;

/// <summary>
/// One program of a step: what it reads, which losses it minimises, where its gradients and buffer updates go, what it measures. All names are
/// names of graph values, so a phase is its graphs' ONNX bytes and this list of names.
/// </summary>
public sealed record Phase
{
    public required string Name { get; init; }

    /// <summary>Forward, losses, gradients. Outputs: the names below.</summary>
    public required Graph Training { get; init; }

    /// <summary>Forward and losses, no gradients: for evaluation. Outputs: numerators, denominators, predictions.</summary>
    public required Graph Evaluation { get; init; }

    /// <summary>The denominators alone, from targets and row weights.</summary>
    public required Graph Denominators { get; init; }

    /// <summary>Graph input -> encoded column, in the order of names.</summary>
    public required IReadOnlyList<ColumnInput> Inputs { get; init; }

    public required IReadOnlyList<PhaseLoss> Losses { get; init; }

    /// <summary>Dense gradients, one after the other in a vector of <see cref="GradientCount"/> elements: what the shards' sums are taken of.</summary>
    public required IReadOnlyList<VectorOutput> Gradients { get; init; }

    /// <summary>Gradients that come as rows of a table.</summary>
    public IReadOnlyList<RowOutput> Tables { get; init; } = [];

    /// <summary>Elements of the vector of dense gradients.</summary>
    public long GradientCount => Gradients.Sum(g => g.Count);

    /// <summary>Outputs that hold new buffer values, each a sum over the non-empty shards of a run.</summary>
    public required IReadOnlyList<VectorOutput> Buffers { get; init; }

    public required IReadOnlyList<PhaseMetric> Metrics { get; init; }

    /// <summary>What the phase trains; parameters in no group are frozen.</summary>
    public required IReadOnlyList<ParameterGroup> Groups { get; init; }

    /// <summary>How the driver makes gradients of parameters out of the sums. Does not travel: the driver alone updates.</summary>
    public GradientLayout Layout { get; init; } = GradientLayout.None;
}
