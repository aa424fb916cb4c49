using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Shrink.</summary>
public sealed class Shrink : CompositeOperator
{
    public override string Name => "Shrink";

    public override int Since => 9;

    public override string Doc => "X + bias below -lambd, X - bias above lambd, else 0, element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("bias", 0f), new("lambd", 0.5f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value bias = g.Constant(a.Float("bias"));
        Value zero = g.Constant(0f);
        Value low = g.Add("Where", [g.Add("Less", x[0]!, g.Constant(-a.Float("lambd"))), g.Add("Add", x[0]!, bias), zero]);
        return [g.Add("Where", [Formula.Above(g, x[0]!, a.Float("lambd")), g.Add("Sub", x[0]!, bias), low])];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
