using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX DynamicQuantizeLinear.</summary>
public sealed class DynamicQuantizeLinear : CompositeOperator
{
    public override string Name => "DynamicQuantizeLinear";

    public override int Since => 11;

    public override string Doc => "X as uint8 with the scale and zero point that cover its range and 0: scale = (max - min) / 255, zero point = round(-min / scale).";

    public override RowBehaviour Rows => RowBehaviour.Mixes;

    public override bool IsConstantInput(int input) => true;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        var whole = new Attributes(("keepdims", 0));
        Value zero = g.Constant(0f);
        Value least = g.Add("Min", g.Add("ReduceMin", [x[0]], whole), zero);
        Value most = g.Add("Max", g.Add("ReduceMax", [x[0]], whole), zero);
        Value range = g.Add("Div", g.Add("Sub", most, least), g.Constant(255f));
        Value scale = g.Add("Where", [g.Add("Greater", range, zero), range, g.Constant(1f)]);
        Value point = g.Add("QuantizeLinear", [g.Add("Neg", least), scale]);
        return [g.Add("QuantizeLinear", [x[0], scale, point]), scale, point];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(3, 7)], Attributes.None, -1.5, 3, 3), new([new(5)], Attributes.None, 1, 3, 3)];
}
