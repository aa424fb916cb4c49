using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX PRelu.</summary>
public sealed class PRelu : CompositeOperator
{
    public override string Name => "PRelu";

    public override int Since => 16;

    public override string Doc => "X where X > 0, else slope X; the slope broadcasts.";

    protected override (int Least, int Most) Inputs => (2, 2);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Where", [Formula.Above(g, x[0]!, 0), x[0], g.Add("Mul", x[0]!, x[1]!)])];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(3)], Attributes.None),
        new([new(Dim.N, 3, 4), new(3, 1)], Attributes.None),
    ];
}
