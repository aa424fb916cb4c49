using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReduceSum.</summary>
public sealed class ReduceSum : ReduceOperator
{
    public override string Name => "ReduceSum";

    public override int Since => 13;

    public override string Doc => "The sum over axes (all without any); over rows segment by segment, joined by the tree.";

    protected override Reduction Reduction => Reduction.Sum;

    public override Value?[] Gradient(GradientContext c) => [Spread(c, c.Dy)];

    public override IReadOnlyList<OperatorSample> Samples => RowSamples;
}
