using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Round.</summary>
public sealed class Round : FunctionOperator<UnaryOperators.Round>
{
    public override string Name => "Round";

    public override int Since => 11;

    public override string Doc => "The nearest integer, halves to even, element by element; its gradient is 0.";

    public override Value?[] Gradient(GradientContext c) => [null];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, 0.6, 1.4), new([new(Dim.N, 3, 7)], Attributes.None, 0.6, 1.4)];
}
