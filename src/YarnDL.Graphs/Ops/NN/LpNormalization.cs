using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX LpNormalization.</summary>
public sealed class LpNormalization : CompositeOperator
{
    public override string Name => "LpNormalization";

    public override int Since => 1;

    public override string Doc => "X / the sum of |X|^p along an axis, to the power 1 / p; p is 1 or 2; a vector of zeros stays.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L), new("p", 2L)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value axes = g.Constant([(long)Formula.Axis(a.Int("axis"), x[0]!.Shape.Rank)]);
        Value norm = g.Add(a.Int("p") == 1 ? "ReduceL1" : "ReduceL2", x[0]!, axes);

        // The smallest normal number keeps a vector of zeros: 0 / 0 would not be a number.
        return [g.Add("Div", x[0]!, g.Add("Max", norm, g.Constant(1.17549435e-38f)))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5)], Attributes.None, 0.25, 2),
        new([new(Dim.N, 4, 3)], new(("axis", 1), ("p", 1)), 0.25, 2),
    ];
}
