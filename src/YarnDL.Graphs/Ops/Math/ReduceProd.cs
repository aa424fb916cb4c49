using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReduceProd.</summary>
public sealed class ReduceProd : CompositeOperator
{
    public override string Name => "ReduceProd";

    public override int Since => 18;

    public override string Doc => "The product over axes (all without any), joined in halves; exact gradients also where factors are 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axes", null, Optional: true), new("keepdims", 1L), new("noop_with_empty_axes", 0L)];

    protected override (int Least, int Most) Inputs => (1, 2);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value lines = Formula.Lines(g, x[0]!, Formula.Axes(x, a), out SymbolicShape kept);
        while (lines.Shape[^1].Factor > 1)
        {
            int last = lines.Shape.Rank - 1;
            long count = lines.Shape[^1].Factor;
            Value half = g.Add("Mul", Formula.Part(g, lines, last, 0, count / 2), Formula.Part(g, lines, last, count / 2, count / 2 * 2));
            lines = count % 2 == 0 ? half : g.Add("Concat", half, Formula.Part(g, lines, last, count - 1, count), ("axis", -1));
        }

        return [Gradients.Shapes.Reshape(g, lines, a.Int("keepdims") != 0 ? kept : Formula.Dropped(kept, Formula.Axes(x, a)))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], Attributes.None, 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(2)], new(("keepdims", 0)), 0.25, 2) { Integers = { [1] = [-1, -2] } },
        new([new(7, 5)], new(("keepdims", 0)), 0.25, 2),
    ];
}
