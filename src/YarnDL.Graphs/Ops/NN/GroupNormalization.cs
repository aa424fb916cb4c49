using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GroupNormalization.</summary>
public sealed class GroupNormalization : CompositeOperator
{
    public override string Name => "GroupNormalization";

    public override int Since => 21;

    public override string Doc => "(X - mean) / sqrt(variance + epsilon) scale + bias over groups of channels and the spatial axes of X (N, C, spatial..); scale and bias (C).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("epsilon", 1e-5f), new("num_groups", null), new("stash_type", 1L)];

    protected override (int Least, int Most) Inputs => (1, 3);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape shape = x[0]!.Shape;
        long groups = a.Int("num_groups");
        long channels = shape[1].Factor;
        if (groups < 1 || channels % groups != 0)
        {
            throw new GraphException($"{channels} channels in {groups} groups; the channels must be a multiple of num_groups");
        }

        long rest = Count.Of(new SymbolicShape(shape.Dims[1..])).Factor / groups;
        Value y = Formula.Normalise(g, Gradients.Shapes.Reshape(g, x[0]!, new(shape[0], groups, rest)), [2], a.Float("epsilon"));
        y = Gradients.Shapes.Reshape(g, y, shape);
        y = x[1] is null ? y : g.Add("Mul", y, Formula.PerChannel(g, x[1]!, shape.Rank - 2));
        return [x[2] is null ? y : g.Add("Add", y, Formula.PerChannel(g, x[2]!, shape.Rank - 2))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 4, 5), new(4), new(4)], new(("num_groups", 2))),
        new([new(Dim.N, 6), new(6), new(6)], new(("num_groups", 3))),
    ];
}
