using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX RMSNormalization.</summary>
public sealed class RMSNormalization : CompositeOperator
{
    public override string Name => "RMSNormalization";

    public override int Since => 23;

    public override string Doc => "X / sqrt(mean of squares + epsilon) scale over all axes from axis on, which are not the rows.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L), new("epsilon", 1e-5f), new("stash_type", 1L)];

    protected override (int Least, int Most) Inputs => (1, 2);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int axis = Formula.Axis(a.Int("axis"), x[0]!.Shape.Rank);
        long[] axes = [.. Enumerable.Range(axis, x[0]!.Shape.Rank - axis).Select(i => (long)i)];
        Value square = g.Add("ReduceMean", g.Add("Mul", x[0]!, x[0]!), g.Constant(axes));
        Value y = g.Add("Div", x[0]!, g.Add("Sqrt", g.Add("Add", square, g.Constant(a.Float("epsilon")))));
        return [x[1] is null ? y : g.Add("Mul", y, x[1]!)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(5)], Attributes.None),
        new([new(Dim.N, 3, 4), new(3, 4)], new(("axis", -2))),
    ];
}
