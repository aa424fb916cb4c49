using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Neg.</summary>
public sealed class Neg : FunctionOperator<UnaryOperators.Negate>
{
    public override string Name => "Neg";

    public override string Doc => "-X, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Neg", c.Dy)];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, -2, 2),
        new([new(Dim.N, 3, 7)], Attributes.None, -2, 2),
    ];
}
