using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReduceL2.</summary>
public sealed class ReduceL2 : CompositeOperator
{
    public override string Name => "ReduceL2";

    public override int Since => 18;

    public override string Doc => "The square root of the sum of squares over axes (all without any).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axes", null, Optional: true), new("keepdims", 1L), new("noop_with_empty_axes", 0L)];

    protected override (int Least, int Most) Inputs => (1, 2);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [Formula.Root(g, g.Add("ReduceSumSquare", [x[0], x[1]], a))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], Attributes.None, 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(2)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [-1, -2] } },
        new([new(7, 5)], new(("keepdims", 0)), 0.25, 2),
    ];
}
