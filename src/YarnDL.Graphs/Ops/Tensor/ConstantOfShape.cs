using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ConstantOfShape.</summary>
public sealed class ConstantOfShape : CompositeOperator
{
    public override string Name => "ConstantOfShape";

    public override int Since => 9;

    public override string Doc => "A value of the given shape, every element as value's single one (float32 0 without it).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("value", null, Optional: true)];

    public override bool IsConstantInput(int input) => true;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Tensor one = a.Find<Tensor>("value") ?? Tensor.Scalar(0f);
        Value fill = Gradients.Shapes.Reshape(g, g.Constant(one), SymbolicShape.Scalar);
        return [g.Add("Expand", fill, x[0]!)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(2)], Attributes.None) { Integers = { [0] = [2, 3] } },
        new([new(3)], Attributes.None) { Integers = { [0] = [1, 17, 33] } },
        new([new(1)], Attributes.None) { Integers = { [0] = [0] } },
    ];
}
