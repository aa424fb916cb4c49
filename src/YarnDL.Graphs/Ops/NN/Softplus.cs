using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Softplus.</summary>
public sealed class Softplus : FunctionOperator<UnaryOperators.Softplus>
{
    public override string Name => "Softplus";

    public override int Since => 1;

    public override string Doc => "ln(1 + e^X), element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.G.Add("Sigmoid", c.Input(0)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -4, 4), new([new(Dim.N, 3, 7)], Attributes.None, -4, 4)];
}
