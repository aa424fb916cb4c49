using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Exp.</summary>
public sealed class Exp : FunctionOperator<UnaryOperators.Exp>
{
    public override string Name => "Exp";

    public override string Doc => "e to the power X, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.Output(0))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, -2, 2),
        new([new(Dim.N, 3, 7)], Attributes.None, -2, 2),
    ];
}
