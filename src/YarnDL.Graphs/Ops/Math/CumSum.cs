using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX CumSum.</summary>
public sealed class CumSum : CompositeOperator
{
    public override string Name => "CumSum";

    public override int Since => 14;

    public override string Doc => "The sums of X up to each place along an axis that is not the rows; exclusive leaves the place itself out, reverse begins at the end.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("exclusive", 0L), new("reverse", 0L)];

    protected override (int Least, int Most) Inputs => (2, 2);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int axis = Formula.Axis(Formula.Known(x[1]!, "axis")[0], x[0]!.Shape.Rank);
        long n = x[0]!.Shape[axis].Factor;
        bool reverse = a.Int("reverse") != 0;
        long gap = a.Int("exclusive");
        return [Formula.Along(g, x[0]!, axis, n, n, (from, to) => (reverse ? from - to : to - from) >= gap ? 1 : 0)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], Attributes.None) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("exclusive", 1))) { Integers = { [1] = [-2] } },
        new([new(Dim.N, 5), new(1)], new(("reverse", 1))) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5), new(1)], new(("reverse", 1), ("exclusive", 1))) { Integers = { [1] = [1] } },
    ];
}
