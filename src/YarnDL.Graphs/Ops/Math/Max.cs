using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Max of two inputs.</summary>
public sealed class Max : PairOperator<BinaryOperators.Maximum>
{
    public override string Name => "Max";

    public override string Doc => "The larger of A and B, element by element with broadcasting; NaN if either is NaN. Where they are equal the gradient goes to A.";

    public override Value?[] Gradient(GradientContext c)
    {
        Value zero = c.G.Constant(0f);
        Value first = c.G.Add("GreaterOrEqual", c.Input(0), c.Input(1));
        Value? left = c.Needs(0) ? c.SumTo(c.G.Add("Where", [first, c.Dy, zero]), c.Input(0)) : null;
        Value? right = c.Needs(1) ? c.SumTo(c.G.Add("Where", [first, zero, c.Dy]), c.Input(1)) : null;
        return [left, right];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None),
        new([new(Dim.N, 3), new(3)], Attributes.None),
    ];
}
