using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Erf.</summary>
public sealed class Erf : FunctionOperator<UnaryOperators.Erf>
{
    public override string Name => "Erf";

    public override string Doc => "The error function, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.G.Add("Mul", c.G.Add("Exp", c.G.Add("Neg", c.G.Add("Mul", c.Input(0), c.Input(0)))), c.G.Constant(1.12837917f)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
