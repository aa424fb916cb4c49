using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReduceMin.</summary>
public sealed class ReduceMin : CompositeOperator
{
    public override string Name => "ReduceMin";

    public override int Since => 18;

    public override string Doc => "The smallest value over axes (all without any). Equal minima share the gradient equally.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axes", null, Optional: true), new("keepdims", 1L), new("noop_with_empty_axes", 0L)];

    protected override (int Least, int Most) Inputs => (1, 2);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Neg", g.Add("ReduceMax", [g.Add("Neg", x[0]!), x[1]], a))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], Attributes.None, 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(2)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [-1, -2] } },
        new([new(7, 5)], new(("keepdims", 0)), 0.25, 2),
    ];
}
