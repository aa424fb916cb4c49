using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>X where X > threshold, else value, element by element.</summary>
public sealed class Threshold : CompositeOperator
{
    public override string Name => "Threshold";

    public override string Domain => "yarndl";

    public override string Doc => "X where X > threshold, else value, element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("threshold", 0f), new("value", 0f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Where", [Formula.Above(g, x[0]!, a.Float("threshold")), x[0], g.Constant(a.Float("value"))])];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
