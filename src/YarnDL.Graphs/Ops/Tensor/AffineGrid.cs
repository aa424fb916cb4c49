using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX AffineGrid.</summary>
public sealed class AffineGrid : CompositeOperator
{
    public override string Name => "AffineGrid";

    public override int Since => 20;

    public override string Doc => "Sampling places (N, H, W, 2) or (N, D, H, W, 3), x first, of the maps theta (N, 2, 3) or (N, 3, 4) over an image of size (N, C, spatial..), for GridSample.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("align_corners", 0L)];

    protected override (int Least, int Most) Inputs => (2, 2);

    public override bool IsConstantInput(int input) => input == 1;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape theta = x[0]!.Shape;
        Dim[] size = x[1]!.Known?.ToArray() ?? throw new GraphException("size is computed while the graph runs; make it a constant or arithmetic on shapes");
        int axes = size.Length - 2;
        if (axes is not (2 or 3) || theta.Rank != 3 || theta[1] != axes || theta[2] != axes + 1 || size[2..].Any(d => !d.IsFixed))
        {
            throw new GraphException($"theta is {theta}, size has {size.Length} extents; they must be (N, 2, 3) with 4 or (N, 3, 4) with 5");
        }

        long[] image = [.. size[2..].Select(d => d.Factor)];
        long places = image.Aggregate(1L, (p, e) => p * e);
        var homogeneous = new float[places * (axes + 1)];
        for (long p = 0; p < places; p++)
        {
            long rest = p;
            for (int i = axes - 1; i >= 0; i--)
            {
                homogeneous[(p * (axes + 1)) + (axes - 1 - i)] = (float)Place(rest % image[i], image[i], a.Int("align_corners") != 0);
                rest /= image[i];
            }

            homogeneous[(p * (axes + 1)) + axes] = 1;
        }

        Value grid = g.Add("MatMul", g.Constant(Tensor.From<float>(new Shape(places, axes + 1), homogeneous)), Formula.Permute(g, x[0]!, 0, 2, 1));
        return [Shapes.Reshape(g, grid, new([theta[0], .. image.Select(e => (Dim)e), axes]))];
    }

    /// <summary>A fixed size would fix the number of rows in a file: there it is read from theta.</summary>
    public override Value[]? Decompose(GraphBuilder g, Node node)
    {
        if (node.Inputs[0]!.Shape.RowAxis != 0 || node.Inputs[1]!.Known is not { } size || size[0].IsRows)
        {
            return null;
        }

        Value rows = g.Add("Slice", [g.Add("Shape", node.Inputs[0]!), g.Constant([0L]), g.Constant([1L])]);
        Value whole = g.Add("Concat", [rows, g.Constant([.. size.Skip(1).Select(d => d.Factor)])], new Attributes(("axis", 0)));
        return [g.Add("AffineGrid", [node.Inputs[0], whole], node.Attributes)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3), new(4)], Attributes.None) { Integers = { [1] = [1, 3, 4, 5] } },
        new([new(Dim.N, 2, 3), new(4)], Attributes.None) { Integers = { [1] = [1, 1, 17, 1] } },
        new([new(Dim.N, 2, 3), new(4)], Attributes.None) { Integers = { [1] = [1, 1, 2, 33] } },
        new([new(Dim.N, 3, 4), new(5)], new(("align_corners", 1))) { Integers = { [1] = [1, 3, 2, 3, 2] } },
    ];

    private static double Place(long i, long extent, bool corners) => corners ? (extent == 1 ? 0 : -1 + (2.0 * i / (extent - 1))) : -1 + (((2.0 * i) + 1) / extent);
}
