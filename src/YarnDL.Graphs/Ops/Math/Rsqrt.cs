using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>1 / sqrt(X), element by element.</summary>
public sealed class Rsqrt : CompositeOperator
{
    public override string Name => "Rsqrt";

    public override string Domain => "yarndl";

    public override string Doc => "1 / sqrt(X), element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Reciprocal", g.Add("Sqrt", x[0]!))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, 0.25, 2), new([new(Dim.N, 3, 7)], Attributes.None, 0.25, 2)];
}
