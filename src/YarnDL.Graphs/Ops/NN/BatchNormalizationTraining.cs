using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>BatchNormalization by the mean and biased variance of each segment of the rows (inputs X, scale, bias, mean, variance; scale and bias may be missing); outputs 1 and 2 are the sums over non-empty segments of the new running mean and (unbiased) variance: momentum old + (1 - momentum) batch.</summary>
public sealed class BatchNormalizationTraining : CompositeOperator
{
    public override string Name => "BatchNormalizationTraining";

    public override string Domain => "yarndl";

    public override string Doc => "BatchNormalization by the mean and biased variance of each segment of the rows (inputs X, scale, bias, mean, variance; scale and bias may be missing); outputs 1 and 2 are the sums over non-empty segments of the new running mean and (unbiased) variance: momentum old + (1 - momentum) batch.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("epsilon", 1e-5f), new("momentum", 0.9f)];

    public override RowBehaviour Rows => RowBehaviour.Mixes;

    protected override (int Least, int Most) Inputs => (5, 5);

    public override bool IsConstantInput(int input) => input > 2;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int spatial = x[0]!.Shape.Rank - 2;
        Dim rows = x[0]!.Shape[0];
        Dim channels = x[0]!.Shape[1];
        SymbolicShape wide = new([rows, channels, .. Enumerable.Repeat((Dim)1, spatial)]);
        Value mean = g.Add("SegmentMean", x[0]!);
        Value distance = g.Add("Sub", x[0]!, Gradients.Shapes.Reshape(g, mean, wide));
        Value variance = g.Add("SegmentMean", g.Add("Mul", distance, distance));
        Value deviation = g.Add("Sqrt", g.Add("Add", variance, g.Constant(a.Float("epsilon"))));
        Value y = x[1] is null ? g.Add("Div", distance, Gradients.Shapes.Reshape(g, deviation, wide))
            : g.Add("Mul", distance, Gradients.Shapes.Reshape(g, g.Add("Div", x[1]!, deviation), wide));
        y = x[2] is null ? y : g.Add("Add", y, Formula.PerChannel(g, x[2]!, spatial));

        Value old = g.Constant(a.Float("momentum"));
        Value fresh = g.Constant((float)(1.0 - a.Float("momentum")));
        Value count = g.Add("SegmentCount", x[0]!);
        Value others = g.Add("Max", g.Add("Sub", count, g.Constant(1f)), g.Constant(1f));
        Value unbiased = g.Add("Div", g.Add("Mul", variance, count), others);
        Value newMean = g.Add("Add", g.Add("Mul", x[3]!, old), g.Add("Mul", mean, fresh));
        Value newVariance = g.Add("Add", g.Add("Mul", x[4]!, old), g.Add("Mul", unbiased, fresh));
        newVariance = g.Add("Where", [g.Add("Greater", count, g.Constant(1f)), newVariance, x[4]]);
        return [y, g.Add("SumOverSegments", newMean), g.Add("SumOverSegments", newVariance)];
    }

    public override Value[]? Decompose(GraphBuilder g, Node node) => null;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(3), new(3), new(3), new(3)], new(("epsilon", 0.25)), 0.25, 2),
        new([new(Dim.N, 3, 4), new(3), new(3), new(3), new(3)], new(("epsilon", 0.25)), 0.25, 2),
    ];
}
