using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>X - tanh(X), element by element.</summary>
public sealed class TanhShrink : CompositeOperator
{
    public override string Name => "TanhShrink";

    public override string Domain => "yarndl";

    public override string Doc => "X - tanh(X), element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Sub", x[0]!, g.Add("Tanh", x[0]!))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
