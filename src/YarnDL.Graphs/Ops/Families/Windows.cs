using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Reads the window attributes of ONNX (kernel_shape, strides, pads, dilations, auto_pad) for one or two spatial axes.</summary>
internal static class Windows
{
    /// <summary>The attributes that convolutions share.</summary>
    public static IReadOnlyList<AttributeSpec> ConvolutionAttributes { get; } =
    [
        new("auto_pad", "NOTSET"), new("dilations", null, Optional: true), new("group", 1L), new("kernel_shape", null, Optional: true),
        new("pads", null, Optional: true), new("strides", null, Optional: true),
    ];

    /// <summary>The attributes that poolings share.</summary>
    public static IReadOnlyList<AttributeSpec> PoolingAttributes { get; } =
    [
        new("auto_pad", "NOTSET"), new("ceil_mode", 0L), new("dilations", null, Optional: true), new("kernel_shape", null), new("pads", null, Optional: true),
        new("strides", null, Optional: true),
    ];

    /// <summary>The convolution of x (N, C, spatial..) with w (M, C / group, kernel..).</summary>
    /// <exception cref="ArgumentException">They do not go together.</exception>
    public static ConvolutionShape Convolution(Attributes a, Shape x, Shape w)
    {
        bool flat = x.Rank == 3;
        if (x.Rank is not (3 or 4) || w.Rank != x.Rank)
        {
            throw new ArgumentException($"input is {x}, weight {w}; both must be (.., .., length) or (.., .., height, width)");
        }

        long group = a.Int("group");
        if (x[1] != w[1] * group)
        {
            throw new ArgumentException($"input has {x[1]} channels, weight {w} expects {w[1] * group}; add a Grayscale() feature or change the input channels of the layer");
        }

        long[] kernel = flat ? [1, w[2]] : [w[2], w[3]];
        if (a.Find<long[]>("kernel_shape") is { } given && !given.AsSpan().SequenceEqual(flat ? kernel.AsSpan(1) : kernel))
        {
            throw new ArgumentException($"kernel_shape ({string.Join(", ", given)}) is not that of weight {w}; they must be equal");
        }

        Frame f = Read(a, x, kernel);
        var shape = new ConvolutionShape
        {
            Channels = x[1],
            Height = f.Height,
            Width = x[^1],
            OutputChannels = w[0],
            KernelHeight = f.Kernel[0],
            KernelWidth = f.Kernel[1],
            StrideHeight = f.Strides[0],
            StrideWidth = f.Strides[1],
            DilationHeight = f.Dilations[0],
            DilationWidth = f.Dilations[1],
            PadTop = f.Pads[0],
            PadLeft = f.Pads[1],
            PadBottom = f.Pads[2],
            PadRight = f.Pads[3],
            Groups = group,
        };
        shape.Check();
        return shape;
    }

    /// <summary>The pooling of x (N, C, spatial..).</summary>
    /// <exception cref="ArgumentException">It cannot be.</exception>
    public static PoolingShape Pooling(Attributes a, Shape x)
    {
        bool flat = x.Rank == 3;
        long[] kernel = a.Ints("kernel_shape");
        if (x.Rank is not (3 or 4) || kernel.Length != x.Rank - 2)
        {
            throw new ArgumentException($"input is {x}, kernel_shape ({string.Join(", ", kernel)}); the input must be (N, C, length) or (N, C, height, width) with one kernel extent per spatial axis");
        }

        kernel = flat ? [1, kernel[0]] : kernel;
        Frame f = Read(a, x, kernel);
        var shape = new PoolingShape
        {
            Channels = x[1],
            Height = f.Height,
            Width = x[^1],
            KernelHeight = f.Kernel[0],
            KernelWidth = f.Kernel[1],
            StrideHeight = f.Strides[0],
            StrideWidth = f.Strides[1],
            DilationHeight = f.Dilations[0],
            DilationWidth = f.Dilations[1],
            PadTop = f.Pads[0],
            PadLeft = f.Pads[1],
            PadBottom = f.Pads[2],
            PadRight = f.Pads[3],
            CeilMode = a.Int("ceil_mode") != 0,
            CountIncludePad = a.Has("count_include_pad") && a.Int("count_include_pad") != 0,
        };
        shape.Check();
        return shape;
    }

    /// <summary>The shape of a result with the rows of x.</summary>
    public static SymbolicShape Result(SymbolicShape x, long channels, long height, long width) =>
        x.Rank == 3 ? new(x[0], channels, width) : new(x[0], channels, height, width);

    /// <summary>The padding with which there is a window for each stride of the input; an odd element goes behind it, or before it.</summary>
    public static (long Before, long After) Same(long extent, long kernel, long stride, long dilation, bool upper)
    {
        long total = Math.Max(0, ((((extent + stride - 1) / stride) - 1) * stride) + (dilation * (kernel - 1)) + 1 - extent);
        long before = upper ? total / 2 : total - (total / 2);
        return (before, total - before);
    }

    /// <summary>What convolutions and poolings read alike; a single spatial axis is a width of height 1.</summary>
    private static Frame Read(Attributes a, Shape x, long[] kernel)
    {
        bool flat = x.Rank == 3;
        long[] strides = Two(a, "strides", flat);
        long[] dilations = Two(a, "dilations", flat);
        long height = flat ? 1 : x[2];
        return new(height, kernel, strides, dilations, Pads(a, flat, [height, x[^1]], kernel, strides, dilations));
    }

    private static long[] Two(Attributes a, string name, bool flat) => a.Find<long[]>(name) switch
    {
        null => [1, 1],
        { Length: 1 } v when flat => [1, v[0]],
        { Length: 2 } v when !flat => v,
        { } v => throw new ArgumentException($"{name} has {v.Length} entries; it must have one per spatial axis"),
    };

    private static long[] Pads(Attributes a, bool flat, long[] input, long[] kernel, long[] strides, long[] dilations)
    {
        string auto = a.String("auto_pad");
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            var pads = new long[4];
            for (int i = 0; i < 2; i++)
            {
                (pads[i], pads[i + 2]) = Same(input[i], kernel[i], strides[i], dilations[i], auto == "SAME_UPPER");
            }

            return pads;
        }

        return auto is not ("NOTSET" or "VALID") ? throw new ArgumentException($"auto_pad is {auto}; it must be NOTSET, SAME_UPPER, SAME_LOWER or VALID")
            : a.Find<long[]>("pads") switch
            {
                null => [0, 0, 0, 0],
                _ when auto == "VALID" => [0, 0, 0, 0],
                { Length: 2 } p when flat => [0, p[0], 0, p[1]],
                { Length: 4 } p when !flat => p,
                { } p => throw new ArgumentException($"pads has {p.Length} entries; it must have two per spatial axis"),
            };
    }

    private readonly record struct Frame(long Height, long[] Kernel, long[] Strides, long[] Dilations, long[] Pads);
}
