using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The largest value of window floor(i in / out) .. ceil((i + 1) in / out) - 1 for each place i of output_size, axis by axis of X (N, C, spatial..).</summary>
public sealed class AdaptiveMaxPool : CompositeOperator
{
    public override string Name => "AdaptiveMaxPool";

    public override string Domain => "yarndl";

    public override string Doc => "The largest value of window floor(i in / out) .. ceil((i + 1) in / out) - 1 for each place i of output_size, axis by axis of X (N, C, spatial..).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("output_size", null)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long[] size = a.Ints("output_size");
        Value y = x[0]!;
        for (int i = 0; i < size.Length; i++)
        {
            long from = y.Shape[i + 2].Factor;
            long to = size[i];
            long most = Enumerable.Range(0, (int)to).Max(o => ((((o + 1) * from) + to - 1) / to) - (o * from / to));
            long[] places = Formula.Places(to * most, o => Math.Min((o / most * from / to) + (o % most), ((((o / most) + 1) * from) + to - 1) / to - 1), from);
            Dim[] dims = y.Shape.Dims.ToArray();
            Value windows = g.Add("Pick", y, ("axis", i + 2), ("indices", places));
            windows = Gradients.Shapes.Reshape(g, windows, new([.. dims[..(i + 2)], to, most, .. dims[(i + 3)..]]));
            y = g.Add("ReduceMax", windows, g.Constant([i + 3L]), ("keepdims", 0));
        }

        return [y];
    }

    public override Value[]? Decompose(GraphBuilder g, Node node) => null;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5, 7)], new(("output_size", new long[] { 2, 3 })), -5, 5),
        new([new(Dim.N, 2, 5)], new(("output_size", new long[] { 7 })), -5, 5),
    ];
}
