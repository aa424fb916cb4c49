using YarnDL.Tensors;

namespace YarnDL.Graphs.Programs;

/// <summary>One node of a compiled shape with its views, which are renewed when memory moves.</summary>
internal sealed class PlanStep(Node node, int[] inputs, int[] outputs, object? state, double flops, int ordinal)
{
    public Node Node { get; } = node;

    /// <summary>Indices of the input values, -1 for a missing one.</summary>
    public int[] InputIndices { get; } = inputs;

    public int[] OutputIndices { get; } = outputs;

    public TensorView[] Inputs { get; } = new TensorView[inputs.Length];

    public TensorView[] Outputs { get; } = new TensorView[outputs.Length];

    /// <summary>What the last run said of extents that depend on data, output by output.</summary>
    public long[] Sizes { get; } = new long[outputs.Length];

    public object? State { get; } = state;

    public double Flops { get; } = flops;

    /// <summary>Position of the node in the graph.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>True for a view that shares its memory, and for a node that computes no elements at all.</summary>
    public bool Skip { get; init; }
}
