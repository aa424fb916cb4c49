using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The sum of squared distances from the mean over axes, divided by their number less correction.</summary>
public sealed class ReduceVar : CompositeOperator
{
    public override string Name => "ReduceVar";

    public override string Domain => "yarndl";

    public override int Since => 18;

    public override string Doc => "The sum of squared distances from the mean over axes, divided by their number less correction.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("correction", 1L), new("keepdims", 1L)];

    protected override (int Least, int Most) Inputs => (1, 2);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [Of(g, x, a)];

    /// <summary>The variance, in ONNX operators only.</summary>
    internal static Value Of(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value mean = g.Add("ReduceMean", [x[0], x[1]], new(("keepdims", 1)));
        Value distance = g.Add("Sub", x[0]!, mean);
        Value sum = g.Add("ReduceSum", [g.Add("Mul", distance, distance), x[1]], new(("keepdims", a.Int("keepdims"))));
        long terms = Count.Of(x[0]!.Shape).Factor / Count.Of(mean.Shape).Factor;
        return g.Add("Div", sum, g.Constant((float)(terms - a.Int("correction"))));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], new(("correction", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(2)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [-1, -2] } },
        new([new(7, 5)], new(("keepdims", 0)), 0.25, 2),
    ];
}
