using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Pow for float32.</summary>
public sealed class Pow : PairOperator<BinaryOperators.Power>
{
    public override string Name => "Pow";

    public override int Since => 15;

    public override string Doc => "X to the power Y, element by element with broadcasting. The gradient of the exponent needs X > 0.";

    public override Value?[] Gradient(GradientContext c)
    {
        Value? left = null;
        if (c.Needs(0))
        {
            Value lower = c.G.Add("Pow", c.Input(0), c.G.Add("Sub", c.Input(1), c.G.Constant(1f)));
            left = c.SumTo(c.G.Add("Mul", c.Dy, c.G.Add("Mul", c.Input(1), lower)), c.Input(0));
        }

        Value? right = c.Needs(1) ? c.SumTo(c.G.Add("Mul", c.Dy, c.G.Add("Mul", c.Output(0), c.G.Add("Log", c.Input(0)))), c.Input(1)) : null;
        return [left, right];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), SymbolicShape.Scalar], Attributes.None, 0.5, 2),
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None, 0.5, 2),
    ];
}
