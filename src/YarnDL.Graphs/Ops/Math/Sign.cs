using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Sign.</summary>
public sealed class Sign : FunctionOperator<UnaryOperators.Sign>
{
    public override string Name => "Sign";

    public override string Doc => "-1, 0 or 1: the sign of X, element by element.";

    public override Value?[] Gradient(GradientContext c) => [null];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, -2, 2),
        new([new(Dim.N, 3, 7)], Attributes.None, -2, 2),
    ];
}
