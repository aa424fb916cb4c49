using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>X limited to min .. max, element by element; outside the gradient is 0.</summary>
public sealed class HardTanh : CompositeOperator
{
    public override string Name => "HardTanh";

    public override string Domain => "yarndl";

    public override string Doc => "X limited to min .. max, element by element; outside the gradient is 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("max", 1f), new("min", -1f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Clip", [x[0], g.Constant(a.Float("min")), g.Constant(a.Float("max"))])];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
