using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>X squared, element by element.</summary>
public sealed class Square : CompositeOperator
{
    public override string Name => "Square";

    public override string Domain => "yarndl";

    public override string Doc => "X squared, element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Mul", x[0]!, x[0]!)];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
