using YarnDL.Graphs.Gradients;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Three spatial axes in terms of two: slices in depth are folded into rows or channels.</summary>
internal static class Volumes
{
    /// <summary>Conv of X (N, C, D, H, W): the taps in depth become channels, the depths of the result rows.</summary>
    public static Value Convolution(GraphBuilder g, Value x, Value w, Attributes a)
    {
        SymbolicShape s = x.Shape;
        Axis d = Depth(a, s[2].Factor, w.Shape[2].Factor);
        long to = ((s[2].Factor + d.Before + d.After - (d.Dilation * (d.Kernel - 1)) - 1) / d.Stride) + 1;
        long[] places = Formula.Places(to * d.Kernel, o => (o / d.Kernel * d.Stride) + (o % d.Kernel * d.Dilation) - d.Before, s[2].Factor);
        Value taps = g.Add("Pick", x, ("axis", 2), ("indices", places));
        taps = Shapes.Reshape(g, taps, new(s[0], s[1], to, d.Kernel, s[3], s[4]));
        taps = g.Add("Transpose", taps, ("perm", new long[] { 0, 2, 1, 3, 4, 5 }));
        taps = Shapes.Reshape(g, taps, new(Times(s[0], to), s[1].Factor * d.Kernel, s[3], s[4]));
        Value flat = Shapes.Reshape(g, w, new(w.Shape[0], w.Shape[1].Factor * d.Kernel, w.Shape[3], w.Shape[4]));
        Value y = g.Add("Conv", [taps, flat], Plane(a));
        y = Shapes.Reshape(g, y, new(s[0], to, y.Shape[1], y.Shape[2], y.Shape[3]));
        return g.Add("Transpose", y, ("perm", new long[] { 0, 2, 1, 3, 4 }));
    }

    /// <summary>ConvTranspose of X (N, C, D, H, W): the way back of <see cref="Convolution"/>.</summary>
    public static Value ConvolutionTransposed(GraphBuilder g, Value x, Value w, Attributes a)
    {
        SymbolicShape s = x.Shape;
        long to = ConvTranspose.Result(a, s, w.Shape)[2].Factor;
        Axis d = Depth(a, to, w.Shape[2].Factor);
        Value slices = g.Add("Transpose", x, ("perm", new long[] { 0, 2, 1, 3, 4 }));
        slices = Shapes.Reshape(g, slices, new(Times(s[0], s[2].Factor), s[1], s[3], s[4]));
        Value flat = Shapes.Reshape(g, w, new(w.Shape[0], w.Shape[1].Factor * d.Kernel, w.Shape[3], w.Shape[4]));
        Value y = g.Add("ConvTranspose", [slices, flat], Plane(a));
        y = Shapes.Reshape(g, y, new(s[0], s[2], y.Shape[1].Factor / d.Kernel, d.Kernel, y.Shape[2], y.Shape[3]));
        y = g.Add("Transpose", y, ("perm", new long[] { 0, 2, 1, 3, 4, 5 }));
        y = Shapes.Reshape(g, y, new(s[0], y.Shape[1], s[2].Factor * d.Kernel, y.Shape[4], y.Shape[5]));
        long[] places = Formula.Places(s[2].Factor * d.Kernel, i => (i / d.Kernel * d.Stride) + (i % d.Kernel * d.Dilation) - d.Before, to);
        return g.Add("PickGrad", y, ("axis", 2), ("indices", places), ("extent", to));
    }

    /// <summary>A pooling of X (N, C, D, H, W): first over planes, then over depth.</summary>
    public static Value Pool(GraphBuilder g, string op, Value x, Attributes a)
    {
        SymbolicShape s = x.Shape;
        Value planes = Shapes.Reshape(g, x, new(s[0], s[1].Factor * s[2].Factor, s[3], s[4]));
        Value y = g.Add(op, [planes], Plane(a));
        SymbolicShape p = y.Shape;
        y = Shapes.Reshape(g, y, new(s[0], s[1], s[2], p[2].Factor * p[3].Factor));
        y = g.Add(op, [y], Column(a));
        return Shapes.Reshape(g, y, new(s[0], s[1], y.Shape[2], p[2], p[3]));
    }

    private static Dim Times(Dim rows, long factor) => rows with { Factor = rows.Factor * factor };

    private static Axis Depth(Attributes a, long extent, long kernel)
    {
        long stride = a.Find<long[]>("strides")?[0] ?? 1;
        long dilation = a.Find<long[]>("dilations")?[0] ?? 1;
        long[]? pads = a.Find<long[]>("pads");
        string auto = a.String("auto_pad");
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            (long before, long after) = Windows.Same(extent, kernel, stride, dilation, auto == "SAME_UPPER");
            return new(kernel, stride, dilation, before, after);
        }

        return new(kernel, stride, dilation, auto == "VALID" ? 0 : pads?[0] ?? 0, auto == "VALID" ? 0 : pads?[3] ?? 0);
    }

    /// <summary>The attributes of height and width.</summary>
    private static Attributes Plane(Attributes a) => Part(a, v => v.Length == 6 ? [v[1], v[2], v[4], v[5]] : [v[1], v[2]]);

    /// <summary>The attributes of depth, as those of a height beside a width of single columns.</summary>
    private static Attributes Column(Attributes a)
    {
        Attributes part = Part(a, v => v.Length == 6 ? [v[0], 0, v[3], 0] : [v[0], 1]);
        return part.With("kernel_shape", new long[] { a.Ints("kernel_shape")[0], 1 });
    }

    private static Attributes Part(Attributes a, Func<long[], long[]> cut)
    {
        foreach ((string name, object value) in a.All)
        {
            a = value is long[] { Length: 3 or 6 } v ? a.With(name, cut(v)) : a;
        }

        return a;
    }

    private readonly record struct Axis(long Kernel, long Stride, long Dilation, long Before, long After);
}
