using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Sigmoid.</summary>
public sealed class Sigmoid : FunctionOperator<UnaryOperators.Sigmoid>
{
    public override string Name => "Sigmoid";

    public override string Doc => "1 / (1 + e^-X), element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("SigmoidGrad", c.Dy, c.Output(0))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, -4, 4),
        new([new(Dim.N, 3, 7)], Attributes.None, -4, 4),
    ];
}
