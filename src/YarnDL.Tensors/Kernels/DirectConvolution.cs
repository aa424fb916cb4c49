using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Convolution of small images whose neighbouring output pixels have neighbouring sources: the image is copied once with its padding, and the innermost
/// loop reads the taps where they lie. Spares the packing that few output channels cannot pay for; the same chains, so the same bits, as the packed form.
/// </summary>
internal unsafe struct DirectConvolution<TKernel> : IParallelJob where TKernel : struct, IMicroKernel
{
    private const long MostImageFloats = 1 << 16;

    private ComputePool _pool;
    private PixelGather _taps;
    private ChannelStore _store;
    private float* _weights;
    private int _lines;
    private int _terms;
    private int _outputHeight;
    private int _padTop;
    private int _padLeft;
    private int _paddedHeight;
    private int _paddedWidth;
    private int _kernelHeight;

    /// <summary>
    /// Whether this form can do it and is likely faster. Packing costs about as much as 12 more output channels; this form computes whole tile widths.
    /// </summary>
    public static bool Suits(in PixelGather taps, long lines, long terms)
    {
        long columns = (taps.OutputWidth + TKernel.Width - 1) / TKernel.Width * TKernel.Width;
        return taps.ScaleWidth == 1 && taps.DivisorHeight == 1 && taps.DivisorWidth == 1 && terms <= SumTree.LeafTerms
            && columns * lines <= (lines + 12) * taps.OutputWidth && PaddedFloats(taps, terms) <= MostImageFloats;
    }

    /// <param name="weights">(terms, lines).</param>
    public static void Run(ComputePool pool, in PixelGather taps, float* weights, ChannelStore store, long rows, long lines, long terms)
    {
        var job = new DirectConvolution<TKernel> { _pool = pool, _taps = taps, _store = store, _weights = weights, _lines = (int)lines, _terms = (int)terms };
        job._outputHeight = (int)(taps.Positions / taps.OutputWidth);
        job._kernelHeight = (int)(terms / taps.Channels / taps.KernelWidth);
        Extent(taps.OffsetHeight, taps.StepHeight, job._kernelHeight, taps.ScaleHeight, job._outputHeight, out job._padTop, out job._paddedHeight);
        Extent(taps.OffsetWidth, taps.StepWidth, taps.KernelWidth, 1, taps.OutputWidth, out job._padLeft, out job._paddedWidth);
        pool.Run(ref job, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        int width = TKernel.Width;
        int panels = (_lines + TKernel.Height - 1) / TKernel.Height;
        long imageFloats = RoundUp(((long)_taps.Channels * _paddedHeight * _paddedWidth) + width);
        long weightFloats = RoundUp(((long)_lines * _terms) + 16);
        float* image = (float*)_pool.ThreadScratch(thread, (imageFloats + weightFloats + RoundUp(_terms) + (TKernel.Height * width)) * sizeof(float));
        float* packed = image + imageFloats;
        int* offsets = (int*)(packed + weightFloats);
        float* tile = (float*)(offsets + RoundUp(_terms));
        Pad(_taps.Source + (item * _taps.RowStride), image);
        Offsets(offsets);
        for (int p = 0, first = 0; p < panels; p++)
        {
            int height = PanelHeight(panels, p);
            Packing.Straight(_weights + first, _lines, height, height, _terms, packed + ((long)first * _terms));
            first += height;
        }

        for (int oh = 0; oh < _outputHeight; oh++)
        {
            for (int ow = 0; ow < _taps.OutputWidth; ow += width)
            {
                float* source = image + ((long)oh * _taps.ScaleHeight * _paddedWidth) + ow;
                int columns = Math.Min(width, _taps.OutputWidth - ow);
                long pixel = (item * _taps.Positions) + ((long)oh * _taps.OutputWidth) + ow;
                for (int p = 0, first = 0; p < panels; p++)
                {
                    int height = PanelHeight(panels, p);
                    TKernel.RunTaps(height, _terms, packed + ((long)first * _terms), source, offsets, tile);
                    _store.Store(tile, width, first, height, pixel, columns);
                    first += height;
                }
            }
        }
    }

    private static long RoundUp(long floats) => (floats + 15) & ~15L;

    private static long PaddedFloats(in PixelGather taps, long terms)
    {
        int outputHeight = (int)(taps.Positions / taps.OutputWidth);
        Extent(taps.OffsetHeight, taps.StepHeight, (int)(terms / taps.Channels / taps.KernelWidth), taps.ScaleHeight, outputHeight, out _, out int height);
        Extent(taps.OffsetWidth, taps.StepWidth, taps.KernelWidth, 1, taps.OutputWidth, out _, out int width);
        return (long)taps.Channels * height * width;
    }

    // Source coordinates run from -pad to extent - pad - 1.
    private static void Extent(int offset, int step, int kernel, int scale, int outputs, out int pad, out int extent)
    {
        int reach = step * (kernel - 1);
        pad = -(offset + Math.Min(reach, 0));
        extent = (scale * (outputs - 1)) + Math.Abs(reach) + 1;
    }

    private readonly int PanelHeight(int panels, int panel) => (_lines / panels) + (panel < _lines % panels ? 1 : 0);

    // Where a tap lies, seen from the pixel's corner of the padded image.
    private readonly void Offsets(int* offsets)
    {
        int top = _padTop + _taps.OffsetHeight;
        int left = _padLeft + _taps.OffsetWidth;
        for (int k = 0, kh = 0; kh < _kernelHeight; kh++)
        {
            for (int kw = 0; kw < _taps.KernelWidth; kw++)
            {
                for (int c = 0; c < _taps.Channels; c++)
                {
                    offsets[k++] = (((c * _paddedHeight) + top + (kh * _taps.StepHeight)) * _paddedWidth) + left + (kw * _taps.StepWidth);
                }
            }
        }
    }

    private readonly void Pad(float* source, float* image)
    {
        int from = Math.Max(0, _padLeft);
        int to = Math.Max(from, Math.Min(_paddedWidth, _padLeft + _taps.Width));
        for (int c = 0; c < _taps.Channels; c++)
        {
            for (int h = 0; h < _paddedHeight; h++)
            {
                float* target = image + ((((long)c * _paddedHeight) + h) * _paddedWidth);
                int row = h - _padTop;
                if ((uint)row >= (uint)_taps.Height)
                {
                    new Span<float>(target, _paddedWidth).Clear();
                    continue;
                }

                new Span<float>(target, from).Clear();
                Packing.Copy(source + (c * _taps.PlaneStride) + ((long)row * _taps.Width) + from - _padLeft, target + from, to - from);
                new Span<float>(target + to, _paddedWidth - to).Clear();
            }
        }

        // Tiles reach beyond the last row.
        new Span<float>(image + ((long)_taps.Channels * _paddedHeight * _paddedWidth), TKernel.Width).Clear();
    }
}
