using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Sqrt.</summary>
public sealed class Sqrt : FunctionOperator<UnaryOperators.Sqrt>
{
    public override string Name => "Sqrt";

    public override string Doc => "The square root of X, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Div", c.G.Add("Mul", c.Dy, c.G.Constant(0.5f)), c.Output(0))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, 0.25, 4),
        new([new(Dim.N, 3, 7)], Attributes.None, 0.25, 4),
    ];
}
