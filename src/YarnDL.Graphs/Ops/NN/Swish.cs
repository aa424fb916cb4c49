using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Swish.</summary>
public sealed class Swish : CompositeOperator
{
    public override string Name => "Swish";

    public override int Since => 24;

    public override string Doc => "X sigmoid(alpha X), element by element; with alpha 1 it is SiLU.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 1f)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Mul", x[0]!, g.Add("Sigmoid", a.Float("alpha") == 1 ? x[0]! : g.Add("Mul", x[0]!, g.Constant(a.Float("alpha")))))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
