using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Relu.</summary>
public sealed class Relu : FunctionOperator<UnaryOperators.Relu>
{
    public override string Name => "Relu";

    public override string Doc => "max(X, 0), element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("ReluGrad", c.Dy, c.Output(0))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, -2, 2),
        new([new(Dim.N, 3, 7)], Attributes.None, -2, 2),
    ];
}
