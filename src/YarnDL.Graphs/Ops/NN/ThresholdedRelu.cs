using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ThresholdedRelu.</summary>
public sealed class ThresholdedRelu : CompositeOperator
{
    public override string Name => "ThresholdedRelu";

    public override int Since => 10;

    public override string Doc => "X where X > alpha, else 0, element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 1f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Where", [Formula.Above(g, x[0]!, a.Float("alpha")), x[0], g.Constant(0f)])];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
