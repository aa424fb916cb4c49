using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX HardSigmoid.</summary>
public sealed class HardSigmoid : CompositeOperator
{
    public override string Name => "HardSigmoid";

    public override int Since => 6;

    public override string Doc => "alpha X + beta limited to 0 .. 1, element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 0.2f), new("beta", 0.5f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Clip", [g.Add("Add", g.Add("Mul", x[0]!, g.Constant(a.Float("alpha"))), g.Constant(a.Float("beta"))), g.Constant(0f), g.Constant(1f)])];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
