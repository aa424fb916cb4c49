using System.Runtime.InteropServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Convolutions (cross-correlations, as ONNX Conv) of float32 NCHW tensors as matrix products over gathered pixels. An output is one chain over
/// (kernel row, kernel column, channel); an input gradient over (kernel row, kernel column, output channel); a weight gradient over
/// (row, output row, output column) by the rule for sums over rows. Taps in the padding count as terms with value 0.
/// </summary>
public static unsafe class Convolution
{
    /// <summary>Bytes of scratch that <see cref="Forward"/> needs.</summary>
    public static long ForwardScratchBytes(ConvolutionShape shape, long rows, int threads) => shape.WeightElements / shape.Groups * sizeof(float);

    /// <summary>Bytes of scratch that <see cref="BackwardData"/> needs.</summary>
    public static long BackwardDataScratchBytes(ConvolutionShape shape, long rows, int threads) => (StrideClass.Suits(shape) ? 2 : 1) * GroupWeightFloats(shape) * sizeof(float);

    /// <summary>Bytes of scratch that <see cref="BackwardWeights"/> needs for up to <paramref name="rows"/> rows in up to <paramref name="segments"/> segments.</summary>
    public static long BackwardWeightsScratchBytes(ConvolutionShape shape, long rows, int segments, int threads)
    {
        long leaves = Math.Min(MostLeaves(shape, rows, segments), LeafPlace.MostLeaves(shape.GroupOutputs, shape.Terms));
        return LeafPlace.ScratchBytes(leaves, shape.GroupOutputs, shape.Terms);
    }

    /// <summary>y = activation(conv(x, w) + bias).</summary>
    /// <param name="x">(rows, Channels, Height, Width).</param>
    /// <param name="w">(OutputChannels, Channels / Groups, KernelHeight, KernelWidth).</param>
    /// <param name="bias">OutputChannels values added after the chain, or null.</param>
    /// <param name="y">(rows, OutputChannels, OutputHeight, OutputWidth).</param>
    /// <param name="scratch">At least <see cref="ForwardScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void Forward(ComputePool pool, ConvolutionShape shape, long rows, float* x, float* w, float* bias, Activation activation, float* y, void* scratch) =>
        ForwardWith(Gemm.Kernel, pool, shape, rows, x, w, bias, activation, y, scratch);

    /// <summary>dx = gradient of the input from dy, the gradient of the output.</summary>
    /// <param name="scratch">At least <see cref="BackwardDataScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void BackwardData(ComputePool pool, ConvolutionShape shape, long rows, float* dy, float* w, float* dx, void* scratch) =>
        BackwardDataWith(Gemm.Kernel, pool, shape, rows, dy, w, dx, scratch);

    /// <summary>dw = gradient of the weights, summed over the rows of all segments; with no rows it is 0.</summary>
    /// <param name="scratch">At least <see cref="BackwardWeightsScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void BackwardWeights(ComputePool pool, ConvolutionShape shape, RowSegments rows, float* x, float* dy, float* dw, void* scratch) =>
        BackwardWeightsWith(Gemm.Kernel, pool, shape, rows, x, dy, dw, scratch);

    /// <summary>db (OutputChannels) = dy summed over the rows of all segments and over positions.</summary>
    public static void BackwardBias(ComputePool pool, ConvolutionShape shape, RowSegments rows, float* dy, float* db) =>
        Reduce.SumChannelsOverRows(pool, rows, shape.OutputChannels, shape.Positions, dy, db);

    internal static void ForwardWith(
        MicroKernel kernel, ComputePool pool, ConvolutionShape shape, long rows, float* x, float* w, float* bias, Activation activation, float* y, void* scratch)
    {
        shape.Check();
        long outputs = shape.GroupOutputs;
        for (long g = 0; g < shape.Groups; g++)
        {
            WeightOrder.Run(pool, w + (g * outputs * shape.Terms), outputs, shape.GroupChannels, shape.KernelHeight * shape.KernelWidth, true, (float*)scratch);
            var a = new MatrixPanels((float*)scratch, outputs, false);
            PixelGather taps = InputTaps(shape, x, g);
            var store = new ChannelStore(y + (g * outputs * shape.Positions), shape.OutputElements, shape.Positions, bias == null ? null : bias + (g * outputs), activation);
            MultiplyTaps(kernel, pool, a, (float*)scratch, taps, store, shape.Terms, outputs, rows);
        }
    }

    internal static void BackwardDataWith(MicroKernel kernel, ComputePool pool, ConvolutionShape shape, long rows, float* dy, float* w, float* dx, void* scratch)
    {
        shape.Check();
        long channels = shape.GroupChannels;
        long pixels = shape.Height * shape.Width;
        bool classes = StrideClass.Suits(shape) && StrideClass.AllFinite(w, shape.WeightElements);
        for (long g = 0; g < shape.Groups; g++)
        {
            WeightOrder.Run(pool, w + (g * shape.GroupOutputs * shape.Terms), shape.GroupOutputs, channels, shape.KernelHeight * shape.KernelWidth, false, (float*)scratch);
            if (classes && BackwardDataByClasses(kernel, pool, shape, rows, dy, dx, g, (float*)scratch))
            {
                continue;
            }

            var a = new MatrixPanels((float*)scratch, channels, false);
            PixelGather taps = OutputTaps(shape, dy, g);
            var store = new ChannelStore(dx + (g * channels * pixels), shape.InputElements, pixels, null, Activation.None);
            MultiplyTaps(kernel, pool, a, (float*)scratch, taps, store, shape.KernelHeight * shape.KernelWidth * shape.GroupOutputs, channels, rows);
        }
    }

    // False where a result is -0: see StrideClass.
    private static bool BackwardDataByClasses(MicroKernel kernel, ComputePool pool, ConvolutionShape shape, long rows, float* dy, float* dx, long group, float* scratch)
    {
        long channels = shape.GroupChannels;
        long pixels = shape.Height * shape.Width;
        float* target = dx + (group * channels * pixels);
        float* weights = scratch + GroupWeightFloats(shape);
        int negativeZero = 0;
        for (long row = 0; row < rows && StrideClass.LeavesGaps(shape); row++)
        {
            NativeMemory.Clear(target + (row * shape.InputElements), checked((nuint)(channels * pixels * sizeof(float))));
        }

        for (long top = 0; top < shape.StrideHeight; top++)
        {
            for (long left = 0; left < shape.StrideWidth; left++)
            {
                var place = new StrideClass(shape, top, left);
                if (place.Positions > 0 && place.Taps > 0)
                {
                    place.Weights(scratch, shape.KernelWidth, shape.GroupOutputs * channels, weights);
                    var store = new StrideStore(target, shape, place, &negativeZero);
                    MultiplyTaps(kernel, pool, new MatrixPanels(weights, channels, false), weights, place.Gather(shape, dy, group), store, place.Taps * shape.GroupOutputs, channels, rows);
                }
            }
        }

        return negativeZero == 0;
    }

    internal static void BackwardWeightsWith(MicroKernel kernel, ComputePool pool, ConvolutionShape shape, RowSegments rows, float* x, float* dy, float* dw, void* scratch)
    {
        shape.Check();
        long outputs = shape.GroupOutputs;
        long leaves = SumTree.LeafCount(rows, shape.Positions);
        bool fits = leaves <= LeafPlace.MostLeaves(outputs, shape.Terms);
        for (long g = 0; g < shape.Groups; g++)
        {
            PixelGather taps = InputTaps(shape, x, g);
            float* group = dy + (g * outputs * shape.Positions);
            float* target = dw + (g * outputs * shape.Terms);
            SumTree tree = SumTree.OverRows(rows, shape.Positions);
            if (!fits || !MultiplyPixels(kernel, pool, taps, group, target, shape, tree, leaves, scratch))
            {
                var a = new ChannelPanels(group, shape.OutputElements, shape.Positions);
                var store = new WeightStore(target, shape.GroupChannels, shape.KernelHeight * shape.KernelWidth);
                if (fits && LeafScratch(kernel, leaves, shape, pool.Threads) > 0)
                {
                    MultiplyLeaves(kernel, pool, a, new PixelPanels(taps), store, tree, leaves, outputs, shape.Terms, scratch);
                }
                else
                {
                    Multiply(kernel, pool, a, new PixelPanels(taps), store, tree, outputs, shape.Terms);
                }
            }
        }
    }

    // False when the form without packing does not suit.
    private static bool MultiplyPixels(
        MicroKernel kernel, ComputePool pool, in PixelGather taps, float* dy, float* dw, ConvolutionShape shape, in SumTree tree, long leaves, void* scratch)
    {
        var store = new TapStore(dw, shape.GroupChannels, shape.KernelHeight * shape.KernelWidth);
        if (leaves == 0)
        {
            return false;
        }

        if (kernel == MicroKernel.Avx512 && DirectWeights<Avx512Kernel>.Suits(taps, shape.GroupOutputs, shape.Terms) && shape.GroupOutputs % Avx512Kernel.Width is 0 or > 16)
        {
            DirectWeights<Avx512Kernel>.Run(pool, taps, dy, shape.OutputElements, store, tree, leaves, shape.GroupOutputs, shape.Terms, scratch);
        }
        else if (kernel != MicroKernel.Portable && DirectWeights<Avx2Kernel>.Suits(taps, shape.GroupOutputs, shape.Terms))
        {
            DirectWeights<Avx2Kernel>.Run(pool, taps, dy, shape.OutputElements, store, tree, leaves, shape.GroupOutputs, shape.Terms, scratch);
        }
        else if (kernel == MicroKernel.Portable && DirectWeights<PortableKernel>.Suits(taps, shape.GroupOutputs, shape.Terms))
        {
            DirectWeights<PortableKernel>.Run(pool, taps, dy, shape.OutputElements, store, tree, leaves, shape.GroupOutputs, shape.Terms, scratch);
        }
        else
        {
            return false;
        }

        return true;
    }

    // Narrow images waste half of a 512-bit tile; the 256-bit one has the same bits.
    private static void MultiplyTaps<TStore>(MicroKernel kernel, ComputePool pool, MatrixPanels a, float* weights, PixelGather taps, TStore store, long terms, long lines, long rows)
        where TStore : struct, IProductStore
    {
        if (kernel == MicroKernel.Avx512 && DirectConvolution<Avx512Kernel, TStore>.Suits(taps, lines, terms))
        {
            DirectConvolution<Avx512Kernel, TStore>.Run(pool, taps, weights, store, rows, lines, terms);
        }
        else if (kernel != MicroKernel.Portable && DirectConvolution<Avx2Kernel, TStore>.Suits(taps, lines, terms))
        {
            DirectConvolution<Avx2Kernel, TStore>.Run(pool, taps, weights, store, rows, lines, terms);
        }
        else if (kernel == MicroKernel.Portable && DirectConvolution<PortableKernel, TStore>.Suits(taps, lines, terms))
        {
            DirectConvolution<PortableKernel, TStore>.Run(pool, taps, weights, store, rows, lines, terms);
        }
        else
        {
            Multiply(kernel, pool, a, new TapPanels(taps), store, SumTree.Over(terms), lines, rows * taps.Positions);
        }
    }

    private static void Multiply<TA, TB, TStore>(MicroKernel kernel, ComputePool pool, TA a, TB b, TStore store, SumTree tree, long m, long n)
        where TA : struct, IPanels where TB : struct, IPanels where TStore : struct, IProductStore
    {
        switch (kernel)
        {
            case MicroKernel.Avx512: Product<Avx512Kernel, TA, TB, TStore>.Run(pool, a, b, store, tree, m, n); break;
            case MicroKernel.Avx2: Product<Avx2Kernel, TA, TB, TStore>.Run(pool, a, b, store, tree, m, n); break;
            default: Product<PortableKernel, TA, TB, TStore>.Run(pool, a, b, store, tree, m, n); break;
        }
    }

    private static void MultiplyLeaves<TA, TB, TStore>(MicroKernel kernel, ComputePool pool, TA a, TB b, TStore store, SumTree tree, long leaves, long m, long n, void* scratch)
        where TA : struct, IPanels where TB : struct, IPanels where TStore : struct, IProductStore
    {
        switch (kernel)
        {
            case MicroKernel.Avx512: LeafSums<Avx512Kernel, TA, TB>.Run(pool, a, b, store, tree, leaves, m, n, scratch); break;
            case MicroKernel.Avx2: LeafSums<Avx2Kernel, TA, TB>.Run(pool, a, b, store, tree, leaves, m, n, scratch); break;
            default: LeafSums<PortableKernel, TA, TB>.Run(pool, a, b, store, tree, leaves, m, n, scratch); break;
        }
    }

    private static long LeafScratch(MicroKernel kernel, long leaves, ConvolutionShape shape, int threads) => kernel switch
    {
        MicroKernel.Avx512 => LeafSums<Avx512Kernel, ChannelPanels, PixelPanels>.ScratchBytes(leaves, shape.GroupOutputs, shape.Terms, threads),
        MicroKernel.Avx2 => LeafSums<Avx2Kernel, ChannelPanels, PixelPanels>.ScratchBytes(leaves, shape.GroupOutputs, shape.Terms, threads),
        _ => LeafSums<PortableKernel, ChannelPanels, PixelPanels>.ScratchBytes(leaves, shape.GroupOutputs, shape.Terms, threads),
    };

    // Whole vectors, so that what follows is aligned.
    private static long GroupWeightFloats(ConvolutionShape shape) => ((shape.WeightElements / shape.Groups) + 15) & ~15L;

    private static long MostLeaves(ConvolutionShape shape, long rows, int segments)
    {
        long positions = shape.Positions;
        return positions > SumTree.LeafTerms
            ? rows * ((positions + SumTree.LeafTerms - 1) / SumTree.LeafTerms)
            : Math.Min(rows, (rows / (SumTree.LeafTerms / positions)) + segments);
    }

    // Output pixel (oh, ow), tap (kh, kw): input (oh * stride + kh * dilation - pad, ...).
    private static PixelGather InputTaps(ConvolutionShape s, float* x, long group) => new()
    {
        Source = x + (group * s.GroupChannels * s.Height * s.Width),
        RowStride = s.InputElements,
        PlaneStride = s.Height * s.Width,
        Height = checked((int)s.Height),
        Width = checked((int)s.Width),
        OutputWidth = checked((int)s.OutputWidth),
        Positions = s.Positions,
        Channels = checked((int)s.GroupChannels),
        KernelWidth = checked((int)s.KernelWidth),
        ScaleHeight = checked((int)s.StrideHeight),
        ScaleWidth = checked((int)s.StrideWidth),
        StepHeight = checked((int)s.DilationHeight),
        StepWidth = checked((int)s.DilationWidth),
        OffsetHeight = checked((int)-s.PadTop),
        OffsetWidth = checked((int)-s.PadLeft),
        DivisorHeight = 1,
        DivisorWidth = 1,
    };

    // Input pixel (ih, iw), tap (kh, kw): output ((ih + pad - kh * dilation) / stride, ...).
    private static PixelGather OutputTaps(ConvolutionShape s, float* dy, long group) => new()
    {
        Source = dy + (group * s.GroupOutputs * s.Positions),
        RowStride = s.OutputElements,
        PlaneStride = s.Positions,
        Height = checked((int)s.OutputHeight),
        Width = checked((int)s.OutputWidth),
        OutputWidth = checked((int)s.Width),
        Positions = s.Height * s.Width,
        Channels = checked((int)s.GroupOutputs),
        KernelWidth = checked((int)s.KernelWidth),
        ScaleHeight = 1,
        ScaleWidth = 1,
        StepHeight = checked((int)-s.DilationHeight),
        StepWidth = checked((int)-s.DilationWidth),
        OffsetHeight = checked((int)s.PadTop),
        OffsetWidth = checked((int)s.PadLeft),
        DivisorHeight = checked((int)s.StrideHeight),
        DivisorWidth = checked((int)s.StrideWidth),
    };
}
