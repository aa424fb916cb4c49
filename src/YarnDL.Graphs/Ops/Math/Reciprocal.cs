using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Reciprocal.</summary>
public sealed class Reciprocal : FunctionOperator<UnaryOperators.Reciprocal>
{
    public override string Name => "Reciprocal";

    public override string Doc => "1 / X, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Neg", c.G.Add("Mul", c.Dy, c.G.Add("Mul", c.Output(0), c.Output(0))))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, 0.5, 3),
        new([new(Dim.N, 3, 7)], Attributes.None, 0.5, 3),
    ];
}
