using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Atan.</summary>
public sealed class Atan : FunctionOperator<UnaryOperators.Atan>
{
    public override string Name => "Atan";

    public override int Since => 7;

    public override string Doc => "The arc tangent in radians, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Div", c.Dy, c.G.Add("Add", c.G.Add("Mul", c.Input(0), c.Input(0)), c.G.Constant(1f)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -4, 4), new([new(Dim.N, 3, 7)], Attributes.None, -4, 4)];
}
