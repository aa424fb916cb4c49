using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Tanh.</summary>
public sealed class Tanh : FunctionOperator<UnaryOperators.Tanh>
{
    public override string Name => "Tanh";

    public override string Doc => "tanh(X), element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("TanhGrad", c.Dy, c.Output(0))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, -3, 3),
        new([new(Dim.N, 3, 7)], Attributes.None, -3, 3),
    ];
}
