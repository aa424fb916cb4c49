using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReduceLogSumExp.</summary>
public sealed class ReduceLogSumExp : CompositeOperator
{
    public override string Name => "ReduceLogSumExp";

    public override int Since => 18;

    public override string Doc => "ln of the sum of e^X over axes (all without any), safe for large X.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axes", null, Optional: true), new("keepdims", 1L), new("noop_with_empty_axes", 0L)];

    protected override (int Least, int Most) Inputs => (1, 2);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value most = g.Add("ReduceMax", [x[0], x[1]], a.With("keepdims", 1L));

        // An infinite maximum less itself would be no number.
        most = g.Add("Max", g.Add("Min", most, g.Constant(float.MaxValue)), g.Constant(float.MinValue));
        Value sum = g.Add("ReduceSum", [g.Add("Exp", g.Add("Sub", x[0]!, most)), x[1]], a);
        return [g.Add("Add", g.Add("Log", sum), Gradients.Shapes.Reshape(g, most, sum.Shape))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value most = g.Add("ReduceMax", [c.Input(0), c.Has(1) ? c.Input(1) : null], c.Attributes.With("keepdims", 1L));
        Value y = Gradients.Shapes.Reshape(g, c.Output(0), most.Shape);
        return [g.Add("Mul", g.Add("Exp", g.Add("Sub", c.Input(0), y)), Gradients.Shapes.Reshape(g, c.Dy, most.Shape)), null];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], Attributes.None, 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(2)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [-1, -2] } },
        new([new(7, 5)], new(("keepdims", 0)), 0.25, 2),
    ];
}
