using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Identity.</summary>
public sealed class Identity : ViewOperator
{
    public override string Name => "Identity";

    public override string Doc => "Y = X.";

    public override ResultType[] Infer(InferContext c) => [new(c.DType(0), c.Shape(0), c.Input(0).Known)];

    public override Value?[] Gradient(GradientContext c) => [c.Dy];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None)];
}
