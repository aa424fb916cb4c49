using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX MeanVarianceNormalization.</summary>
public sealed class MeanVarianceNormalization : CompositeOperator
{
    public override string Name => "MeanVarianceNormalization";

    public override int Since => 13;

    public override string Doc => "(X - mean) / deviation over axes, which must not be the rows: of X (N, C, H, W) name 2 and 3 for each image's channels.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axes", new long[] { 0, 2, 3 })];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long[] axes = a.Ints("axes");
        if (axes.Any(i => x[0]!.Shape[Formula.Axis(i, x[0]!.Shape.Rank)].IsRows))
        {
            throw new GraphException($"axes {string.Join(", ", axes)} of {x[0]!.Shape} hold the rows; leave them out");
        }

        return [Formula.Normalise(g, x[0]!, axes, 1e-9f)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3, 4)], new(("axes", new long[] { 2, 3 }))),
    ];
}
