using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GlobalLpPool.</summary>
public sealed class GlobalLpPool : CompositeOperator
{
    public override string Name => "GlobalLpPool";

    public override int Since => 2;

    public override string Doc => "The sum of |X|^p over all spatial axes of X (N, C, spatial..), to the power 1 / p.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("p", 2L)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value axes = g.Constant([.. Enumerable.Range(2, x[0]!.Shape.Rank - 2).Select(i => (long)i)]);
        Value p = g.Constant((float)a.Int("p"));
        return [g.Add("Pow", g.Add("ReduceSum", g.Add("Pow", g.Add("Abs", x[0]!), p), axes), g.Constant(1f / a.Int("p")))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 4, 5)], Attributes.None, 0.25, 2),
    ];
}
