using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Floor.</summary>
public sealed class Floor : FunctionOperator<UnaryOperators.Floor>
{
    public override string Name => "Floor";

    public override string Doc => "The largest integer not above X, element by element; its gradient is 0.";

    public override Value?[] Gradient(GradientContext c) => [null];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, 0.1, 0.9), new([new(Dim.N, 3, 7)], Attributes.None, 0.1, 0.9)];
}
