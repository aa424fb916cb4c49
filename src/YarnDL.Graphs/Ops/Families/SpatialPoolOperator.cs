using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Poolings of one to three spatial axes; kernels take one or two, three are said in terms of two.</summary>
public abstract class SpatialPoolOperator : PoolOperator
{
    public sealed override Value[]? Expand(GraphBuilder g, IReadOnlyList<Value?> inputs, Attributes attributes) =>
        inputs[0]!.Shape.Rank == 5 ? [Volumes.Pool(g, Name, inputs[0]!, attributes)] : null;

    public sealed override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        return c.Shape(0).Rank == 5 ? Expansion.Infer(c, this) : Planes(c);
    }

    public sealed override Value?[] Gradient(GradientContext c) => c.Input(0).Shape.Rank == 5 ? Expansion.Gradient(c) : [PlanesGradient(c)];

    /// <summary>The result for one or two spatial axes.</summary>
    private protected virtual ResultType[] Planes(InferContext c) => [new(DType.Float32, Pooled(c))];

    /// <summary>The gradient of X for one or two spatial axes.</summary>
    private protected abstract Value PlanesGradient(GradientContext c);
}
