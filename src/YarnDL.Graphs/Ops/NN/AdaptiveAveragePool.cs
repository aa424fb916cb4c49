using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The mean of window floor(i in / out) .. ceil((i + 1) in / out) - 1 for each place i of output_size, axis by axis of X (N, C, spatial..).</summary>
public sealed class AdaptiveAveragePool : CompositeOperator
{
    public override string Name => "AdaptiveAveragePool";

    public override string Domain => "yarndl";

    public override string Doc => "The mean of window floor(i in / out) .. ceil((i + 1) in / out) - 1 for each place i of output_size, axis by axis of X (N, C, spatial..).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("output_size", null)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => Build(g, x[0]!, a.Ints("output_size"), Sums);

    public override Value[] Decompose(GraphBuilder g, Node node) => Build(g, node.Inputs[0]!, node.Attributes.Ints("output_size"), Products);

    private static Value[] Build(GraphBuilder g, Value y, long[] size, Func<GraphBuilder, Value, int, long, Value> sums)
    {
        if (y.Shape.Rank != size.Length + 2)
        {
            throw new GraphException($"output_size has {size.Length} entries, the input is {y.Shape}; it must have one per spatial axis of (N, C, spatial..)");
        }

        for (int i = 0; i < size.Length; i++)
        {
            long from = y.Shape[i + 2].Factor;
            if (size[i] < 1 || from < 1)
            {
                throw new GraphException($"output_size is ({string.Join(", ", size)}), the input is {y.Shape}; all extents must be at least 1");
            }

            var dims = new long[size.Length - i];
            Array.Fill(dims, 1);
            dims[0] = size[i];
            var counts = new float[size[i]];
            for (int o = 0; o < counts.Length; o++)
            {
                counts[o] = End(o, from, size[i]) - First(o, from, size[i]);
            }

            y = g.Add("Div", sums(g, y, i + 2, size[i]), g.Constant(Tensor.From<float>(new Shape(dims), counts)));
        }

        return [y];
    }

    /// <summary>Sums of windows that are picked: nothing outside a window touches it.</summary>
    private static Value Sums(GraphBuilder g, Value y, int axis, long to)
    {
        Dim[] dims = y.Shape.Dims.ToArray();
        long from = dims[axis].Factor;
        long most = Enumerable.Range(0, (int)to).Max(o => End(o, from, to) - First(o, from, to));
        long[] places = Formula.Places(to * most, k => First(k / most, from, to) + (k % most) is var at && at < End(k / most, from, to) ? at : -1, from);
        Value windows = g.Add("Pick", y, ("axis", axis), ("indices", places));
        windows = Gradients.Shapes.Reshape(g, windows, new([.. dims[..axis], to, most, .. dims[(axis + 1)..]]));
        return g.Add("ReduceSum", windows, g.Constant([axis + 1L]), ("keepdims", 0));
    }

    /// <summary>The same in ONNX operators: a product with zeros and ones.</summary>
    private static Value Products(GraphBuilder g, Value y, int axis, long to)
    {
        long from = y.Shape[axis].Factor;
        return Formula.Along(g, y, axis, from, to, (k, o) => k >= First(o, from, to) && k < End(o, from, to) ? 1 : 0);
    }

    private static long First(long o, long from, long to) => o * from / to;

    private static long End(long o, long from, long to) => (((o + 1) * from) + to - 1) / to;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5, 7)], new(("output_size", new long[] { 2, 3 }))),
        new([new(Dim.N, 2, 5)], new(("output_size", new long[] { 7 }))),
    ];
}
