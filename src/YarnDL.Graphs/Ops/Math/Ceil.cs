using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Ceil.</summary>
public sealed class Ceil : FunctionOperator<UnaryOperators.Ceiling>
{
    public override string Name => "Ceil";

    public override string Doc => "The smallest integer not below X, element by element; its gradient is 0.";

    public override Value?[] Gradient(GradientContext c) => [null];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, 0.1, 0.9), new([new(Dim.N, 3, 7)], Attributes.None, 0.1, 0.9)];
}
