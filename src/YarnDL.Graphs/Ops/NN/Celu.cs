using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Celu.</summary>
public sealed class Celu : CompositeOperator
{
    public override string Name => "Celu";

    public override int Since => 12;

    public override string Doc => "X where X > 0, else alpha (e^(X / alpha) - 1), element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 1f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value alpha = g.Constant(a.Float("alpha"));
        return [Formula.Select(g, x[0]!, x[0]!, g.Add("Mul", g.Add("Expm1", g.Add("Div", Formula.Below0(g, x[0]!), alpha)), alpha))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
