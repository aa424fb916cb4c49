using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Col2Im, PyTorch's fold.</summary>
public sealed class Col2Im : CompositeOperator
{
    public override string Name => "Col2Im";

    public override int Since => 18;

    public override string Doc => "Columns (N, C x block.., windows) added where they lie in an image (N, C, image..); inputs are the columns, the image's and the block's extents.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("dilations", null, Optional: true), new("pads", null, Optional: true), new("strides", null, Optional: true)];

    protected override (int Least, int Most) Inputs => (3, 3);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long[] image = Formula.Known(x[1]!, "image_shape");
        long[] block = Formula.Known(x[2]!, "block_shape");
        SymbolicShape s = x[0]!.Shape;
        long taps = block.Aggregate(1L, (p, k) => p * k);
        var counts = new Dim[image.Length];
        long windows = 1;
        for (int i = 0; i < counts.Length; i++)
        {
            (long stride, long dilation, long before, long after) = WindowTaps.Axis(a, i, image.Length);
            counts[i] = WindowTaps.Count(image[i] + before + after, block[i], stride, dilation);
            windows *= counts[i].Factor;
        }

        if (s.Rank != 3 || block.Length != image.Length || s[1].Factor % taps != 0 || s[2] != windows)
        {
            throw new GraphException($"columns are {s}, the image has {string.Join(" x ", image)} elements and {windows} windows of {string.Join(" x ", block)}; columns must be (N, C x block, windows)");
        }

        Value apart = Shapes.Reshape(g, x[0]!, new([s[0], s[1].Factor / taps, .. block.Select(k => (Dim)k), .. counts]));
        return [WindowTaps.Back(g, apart, a, image)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 8, 12), new(2), new(2)], new(("pads", new long[] { 0, 1, 0, 0 }), ("strides", new long[] { 1, 2 }))) { Integers = { [1] = [5, 5], [2] = [2, 2] } },
        new([new(Dim.N, 3, 20), new(2), new(2)], Attributes.None) { Integers = { [1] = [4, 5], [2] = [1, 1] } },
    ];
}
