using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Softsign.</summary>
public sealed class Softsign : CompositeOperator
{
    public override string Name => "Softsign";

    public override int Since => 1;

    public override string Doc => "X / (1 + |X|), element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Div", x[0]!, g.Add("Add", g.Add("Abs", x[0]!), g.Constant(1f)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
