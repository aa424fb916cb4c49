using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX LayerNormalization.</summary>
public sealed class LayerNormalization : CompositeOperator
{
    public override string Name => "LayerNormalization";

    public override int Since => 17;

    public override string Doc => "(X - mean) / sqrt(variance + epsilon) scale + bias over all axes from axis on, which are not the rows.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L), new("epsilon", 1e-5f), new("stash_type", 1L)];

    protected override (int Least, int Most) Inputs => (1, 3);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int axis = Formula.Axis(a.Int("axis"), x[0]!.Shape.Rank);
        Value y = Formula.Normalise(g, x[0]!, [.. Enumerable.Range(axis, x[0]!.Shape.Rank - axis).Select(i => (long)i)], a.Float("epsilon"));
        y = x[1] is null ? y : g.Add("Mul", y, x[1]!);
        return [x[2] is null ? y : g.Add("Add", y, x[2]!)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(5), new(5)], Attributes.None),
        new([new(Dim.N, 3, 4), new(3, 4)], new(("axis", -2))),
    ];
}
