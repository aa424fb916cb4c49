using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Abs.</summary>
public sealed class Abs : FunctionOperator<UnaryOperators.Abs>
{
    public override string Name => "Abs";

    public override string Doc => "|X|, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.G.Add("Sign", c.Input(0)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, 0.25, 2),
        new([new(Dim.N, 3, 7)], Attributes.None, 0.25, 2),
    ];
}
