using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX BatchNormalization.</summary>
public sealed class BatchNormalization : CompositeOperator
{
    public override string Name => "BatchNormalization";

    public override int Since => 15;

    public override string Doc => "(X - mean) / sqrt(variance + epsilon) scale + bias per channel of X (N, C, ..), with the given mean and variance (C). For training: BatchNormalizationTraining.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("epsilon", 1e-5f), new("momentum", 0.9f), new("training_mode", 0L)];

    protected override (int Least, int Most) Inputs => (5, 5);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        if (a.Int("training_mode") != 0)
        {
            throw new GraphException("training_mode 1 is not supported here; use yarndl BatchNormalizationTraining");
        }

        int spatial = x[0]!.Shape.Rank - 2;
        Value deviation = g.Add("Sqrt", g.Add("Add", x[4]!, g.Constant(a.Float("epsilon"))));
        Value y = g.Add("Sub", x[0]!, Formula.PerChannel(g, x[3]!, spatial));
        y = g.Add("Mul", y, Formula.PerChannel(g, g.Add("Div", x[1]!, deviation), spatial));
        return [g.Add("Add", y, Formula.PerChannel(g, x[2]!, spatial))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(3), new(3), new(3), new(3)], Attributes.None, 0.25, 2),
        new([new(Dim.N, 3, 4), new(3), new(3), new(3), new(3)], Attributes.None, 0.25, 2),
    ];
}
