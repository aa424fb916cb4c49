using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The windows of a value as columns, PyTorch's unfold.</summary>
public sealed class Im2Col : CompositeOperator
{
    public override string Name => "Im2Col";

    public override string Domain => "yarndl";

    public override string Doc => "The windows of X (N, C, spatial..) as columns: (N, C x kernel.., windows), channel first, then the kernel's axes; padding is 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } =
        [new("dilations", null, Optional: true), new("kernel_shape", null), new("pads", null, Optional: true), new("strides", null, Optional: true)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value windows = WindowTaps.Of(g, x[0]!, a, 0);
        SymbolicShape s = windows.Shape;
        int axes = (s.Rank - 2) / 2;
        long taps = Product(s, 2, axes);
        return [Shapes.Reshape(g, windows, new(s[0], s[1].Factor * taps, Product(s, 2 + axes, axes)))];
    }

    public override Value[]? Decompose(GraphBuilder g, Node node) => null;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5, 4)], new(("kernel_shape", new long[] { 3, 2 }), ("pads", new long[] { 1, 0, 1, 1 }), ("strides", new long[] { 1, 2 }))),
        new([new(Dim.N, 2, 7)], new(("kernel_shape", new long[] { 2 }), ("dilations", new long[] { 3 }))),
    ];

    private static long Product(SymbolicShape s, int from, int count)
    {
        long n = 1;
        for (int i = 0; i < count; i++)
        {
            n *= s[from + i].Factor;
        }

        return n;
    }
}
