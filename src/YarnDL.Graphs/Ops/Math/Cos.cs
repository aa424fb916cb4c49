using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Cos.</summary>
public sealed class Cos : FunctionOperator<UnaryOperators.Cos>
{
    public override string Name => "Cos";

    public override int Since => 7;

    public override string Doc => "The cosine of X radians, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.G.Add("Neg", c.G.Add("Sin", c.Input(0))))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
