using YarnDL.Graphs.Gradients;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>The windows of a value, taken axis by axis with Pick.</summary>
internal static class WindowTaps
{
    /// <summary>(N, C, kernel.., windows..) of x (N, C, spatial..); taps outside are <paramref name="outside"/>.</summary>
    public static Value Of(GraphBuilder g, Value x, Attributes a, float outside)
    {
        long[] kernel = a.Ints("kernel_shape");
        int axes = kernel.Length;
        if (x.Shape.Rank != axes + 2)
        {
            throw new GraphException($"input is {x.Shape}, kernel_shape has {axes} extents; it must be (N, C, spatial..) with one extent per spatial axis");
        }

        var shape = new List<Dim> { x.Shape[0], x.Shape[1] };
        var perm = new int[2 + (2 * axes)];
        perm[1] = 1;
        for (int i = 0; i < axes; i++)
        {
            long extent = x.Shape[i + 2].Factor;
            (long stride, long dilation, long before, long after) = Axis(a, i, axes);
            long count = Count(extent + before + after, kernel[i], stride, dilation);
            long[] places = Formula.Places(kernel[i] * count, p => (p / count * dilation) + (p % count * stride) - before, extent);
            x = g.Add("Pick", x, ("axis", i + 2), ("indices", places), ("value", outside));
            shape.Add(kernel[i]);
            shape.Add(count);
            perm[2 + i] = 2 + (2 * i);
            perm[2 + axes + i] = 3 + (2 * i);
        }

        return Formula.Permute(g, Shapes.Reshape(g, x, new([.. shape])), perm);
    }

    /// <summary>The way back: windows (N, C, kernel.., windows..) are added where they lie in (N, C, image..).</summary>
    public static Value Back(GraphBuilder g, Value windows, Attributes a, long[] image)
    {
        int axes = image.Length;
        SymbolicShape s = windows.Shape;
        var perm = new int[s.Rank];
        perm[1] = 1;
        var shape = new List<Dim> { s[0], s[1] };
        for (int i = 0; i < axes; i++)
        {
            perm[2 + (2 * i)] = 2 + i;
            perm[3 + (2 * i)] = 2 + axes + i;
            shape.Add(s[2 + i].Factor * s[2 + axes + i].Factor);
        }

        Value y = Shapes.Reshape(g, Formula.Permute(g, windows, perm), new([.. shape]));
        for (int i = 0; i < axes; i++)
        {
            (long stride, long dilation, long before, _) = Axis(a, i, axes);
            long count = s[2 + axes + i].Factor;
            long[] places = Formula.Places(s[2 + i].Factor * count, p => (p / count * dilation) + (p % count * stride) - before, image[i]);
            y = g.Add("PickGrad", y, ("axis", i + 2), ("extent", image[i]), ("indices", places));
        }

        return y;
    }

    /// <summary>Windows along an axis.</summary>
    public static long Count(long padded, long kernel, long stride, long dilation)
    {
        long reach = (dilation * (kernel - 1)) + 1;
        return padded >= reach ? ((padded - reach) / stride) + 1
            : throw new GraphException($"a window of {reach} does not fit into {padded} padded elements; make it smaller or pad more");
    }

    public static (long Stride, long Dilation, long Before, long After) Axis(Attributes a, int axis, int axes)
    {
        long[]? pads = a.Find<long[]>("pads");
        return (a.Find<long[]>("strides")?[axis] ?? 1, a.Find<long[]>("dilations")?[axis] ?? 1, pads?[axis] ?? 0, pads?[axes + axis] ?? 0);
    }
}
