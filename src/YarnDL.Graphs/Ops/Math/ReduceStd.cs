using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The square root of ReduceVar.</summary>
public sealed class ReduceStd : CompositeOperator
{
    public override string Name => "ReduceStd";

    public override string Domain => "yarndl";

    public override int Since => 18;

    public override string Doc => "The square root of ReduceVar.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("correction", 1L), new("keepdims", 1L)];

    protected override (int Least, int Most) Inputs => (1, 2);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [Formula.Root(g, ReduceVar.Of(g, x, a))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], new(("correction", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(2)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [-1, -2] } },
        new([new(7, 5)], new(("keepdims", 0)), 0.25, 2),
    ];
}
