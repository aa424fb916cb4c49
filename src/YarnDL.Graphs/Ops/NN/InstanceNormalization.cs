using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX InstanceNormalization.</summary>
public sealed class InstanceNormalization : CompositeOperator
{
    public override string Name => "InstanceNormalization";

    public override int Since => 6;

    public override string Doc => "(X - mean) / sqrt(variance + epsilon) scale + bias over the spatial axes of X (N, C, spatial..); scale and bias (C).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("epsilon", 1e-5f)];

    protected override (int Least, int Most) Inputs => (1, 3);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long[] axes = [.. Enumerable.Range(2, x[0]!.Shape.Rank - 2).Select(i => (long)i)];
        Value y = Formula.Normalise(g, x[0]!, axes, a.Float("epsilon"));
        y = x[1] is null ? y : g.Add("Mul", y, Formula.PerChannel(g, x[1]!, axes.Length));
        return [x[2] is null ? y : g.Add("Add", y, Formula.PerChannel(g, x[2]!, axes.Length))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5), new(2), new(2)], Attributes.None),
        new([new(Dim.N, 2, 3, 2), new(2), new(2)], Attributes.None),
    ];
}
