using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Log.</summary>
public sealed class Log : FunctionOperator<UnaryOperators.Log>
{
    public override string Name => "Log";

    public override string Doc => "The natural logarithm of X, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Div", c.Dy, c.Input(0))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, 0.25, 4),
        new([new(Dim.N, 3, 7)], Attributes.None, 0.25, 4),
    ];
}
