using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX LeakyRelu.</summary>
public sealed class LeakyRelu : CompositeOperator
{
    public override string Name => "LeakyRelu";

    public override int Since => 16;

    public override string Doc => "X where X > 0, else alpha X, element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 0.01f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Where", [Formula.Above(g, x[0]!, 0), x[0], g.Add("Mul", x[0]!, g.Constant(a.Float("alpha")))])];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
