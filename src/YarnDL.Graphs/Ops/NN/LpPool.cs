using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX LpPool.</summary>
public sealed class LpPool : CompositeOperator
{
    public override string Name => "LpPool";

    public override int Since => 18;

    public override string Doc => "The sum of |X|^p over each window of X (N, C, spatial..), to the power 1 / p.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [.. Windows.PoolingAttributes, new("p", 2L)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value power = g.Constant((float)a.Int("p"));
        Value terms = g.Add("Pow", g.Add("Abs", x[0]!), power);
        Attributes window = Attributes.None;
        foreach ((string name, object value) in a.All)
        {
            window = name == "p" ? window : window.With(name, value);
        }

        return [g.Add("Pow", g.Add("SumPool", [terms], window), g.Constant(1f / a.Int("p")))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 4)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })), 0.25, 2),
        new([new(Dim.N, 2, 5)], new(("kernel_shape", new long[] { 3 }), ("p", 3)), 0.25, 2),
    ];
}
