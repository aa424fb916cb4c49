using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Hardmax.</summary>
public sealed class Hardmax : CompositeOperator
{
    public override string Name => "Hardmax";

    public override string Doc => "1 at the first maximum along an axis, else 0; forward only in effect, its gradient is 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int axis = Formula.Axis(a.Int("axis"), x[0]!.Shape.Rank);
        long[] dims = new long[x[0]!.Shape.Rank];
        Array.Fill(dims, 1);
        dims[axis] = x[0]!.Shape[axis].Factor;
        Value places = g.Constant(YarnDL.Tensors.Tensor.From<long>(new YarnDL.Tensors.Shape(dims), [.. Enumerable.Range(0, (int)dims[axis]).Select(i => (long)i)]));
        return [g.Add("Cast", g.Add("Equal", g.Add("ArgMax", x[0]!, ("axis", axis)), places), ("to", 1))];
    }

    public override Value?[] Gradient(GradientContext c) => [null];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 6)], Attributes.None),
        new([new(Dim.N, 4, 3)], new(("axis", 1))),
    ];
}
