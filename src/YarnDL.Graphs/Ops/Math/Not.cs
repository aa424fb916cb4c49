using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Not.</summary>
public sealed class Not : CompositeOperator
{
    public override string Name => "Not";

    public override int Since => 1;

    public override string Doc => "Not X, element by element; bool.";

    public override bool IsConstantInput(int input) => true;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Xor", x[0]!, g.Constant(YarnDL.Tensors.Tensor.From<bool>(new YarnDL.Tensors.Shape(), [true])))];

    public override Value?[] Gradient(GradientContext c) => [null];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None) { Bools = { 0 } },
    ];
}
