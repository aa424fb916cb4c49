using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Elu.</summary>
public sealed class Elu : CompositeOperator
{
    public override string Name => "Elu";

    public override int Since => 6;

    public override string Doc => "X where X > 0, else alpha (e^X - 1), element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 1f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [Formula.Select(g, x[0]!, x[0]!, g.Add("Mul", g.Add("Expm1", Formula.Below0(g, x[0]!)), g.Constant(a.Float("alpha"))))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
