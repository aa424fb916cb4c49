using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>Everything an operator may use while it runs. Views have the concrete shapes of this run; a missing input or output is an empty view.</summary>
public readonly unsafe ref struct RunContext
{
    public required ComputePool Pool { get; init; }

    public required ReadOnlySpan<TensorView> Inputs { get; init; }

    public required ReadOnlySpan<TensorView> Outputs { get; init; }

    public required Node Node { get; init; }

    /// <summary>Rows of this run, cut into segments (shards).</summary>
    public required RowSegments Rows { get; init; }

    /// <summary>What <see cref="Operator.Prepare"/> made.</summary>
    public object? State { get; init; }

    /// <summary>Scratch of <see cref="Operator.ScratchBytes"/> bytes, 64-byte aligned, content undefined.</summary>
    public void* Scratch { get; init; }

    /// <summary>Keys for random numbers of this run.</summary>
    public RandomKeys Random { get; init; }

    /// <summary>Receives, output by output, the extent of an axis that only the run knows; the memory is that of the dense result.</summary>
    public Span<long> Sizes { get; init; }

    public Attributes Attributes => Node.Attributes;
}
