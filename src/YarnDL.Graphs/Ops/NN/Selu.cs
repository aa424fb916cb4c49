using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Selu.</summary>
public sealed class Selu : CompositeOperator
{
    public override string Name => "Selu";

    public override int Since => 6;

    public override string Doc => "gamma X where X > 0, else gamma alpha (e^X - 1), element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 1.67326319f), new("gamma", 1.05070102f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Mul", Formula.Select(g, x[0]!, x[0]!, g.Add("Mul", g.Add("Expm1", Formula.Below0(g, x[0]!)), g.Constant(a.Float("alpha")))), g.Constant(a.Float("gamma")))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
