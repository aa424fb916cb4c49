using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Convolution of small images whose neighbouring output pixels have neighbouring sources: the image is copied once with its padding, and the innermost
/// loop reads the taps where they lie. Spares the packing that few output channels cannot pay for; the same chains, so the same bits, as the packed form.
/// </summary>
internal unsafe struct DirectConvolution<TKernel, TStore> : IParallelJob where TKernel : struct, IMicroKernel where TStore : struct, IProductStore
{
    private const long MostImageFloats = 1 << 16;

    private ComputePool _pool;
    private PixelGather _taps;
    private PaddedImage _image;
    private TStore _store;
    private float* _weights;
    private int _lines;
    private int _terms;

    /// <summary>
    /// Whether this form can do it and is likely faster. Packing costs about as much as 12 more output channels; this form computes whole tile widths.
    /// </summary>
    public static bool Suits(in PixelGather taps, long lines, long terms)
    {
        long columns = (taps.OutputWidth + TKernel.Width - 1) / TKernel.Width * TKernel.Width;
        return taps.ScaleWidth == 1 && taps.DivisorHeight == 1 && taps.DivisorWidth == 1 && terms <= SumTree.LeafTerms
            && columns * lines <= (lines + 12) * taps.OutputWidth && new PaddedImage(taps, terms).Floats <= MostImageFloats;
    }

    /// <param name="weights">(terms, lines).</param>
    public static void Run(ComputePool pool, in PixelGather taps, float* weights, TStore store, long rows, long lines, long terms)
    {
        var job = new DirectConvolution<TKernel, TStore> { _pool = pool, _taps = taps, _image = new PaddedImage(taps, terms), _store = store, _weights = weights, _lines = (int)lines, _terms = (int)terms };
        pool.Run(ref job, rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        int width = TKernel.Width;
        int panels = (_lines + TKernel.Height - 1) / TKernel.Height;
        long imageFloats = RoundUp(_image.Floats + width);
        long weightFloats = RoundUp(((long)_lines * _terms) + 16);
        float* image = (float*)_pool.ThreadScratch(thread, (imageFloats + weightFloats + RoundUp(_terms) + (TKernel.Height * width)) * sizeof(float));
        float* packed = image + imageFloats;
        int* offsets = (int*)(packed + weightFloats);
        float* tile = (float*)(offsets + RoundUp(_terms));
        _image.Fill(item, image, width);
        _image.TapOffsets(offsets);
        for (int p = 0, first = 0; p < panels; p++)
        {
            int height = PanelHeight(panels, p);
            Packing.Straight(_weights + first, _lines, height, height, _terms, packed + ((long)first * _terms));
            first += height;
        }

        for (int oh = 0; oh < _image.OutputHeight; oh++)
        {
            for (int ow = 0; ow < _taps.OutputWidth; ow += width)
            {
                float* source = image + ((long)oh * _image.RowStep) + ow;
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

    private readonly int PanelHeight(int panels, int panel) => (_lines / panels) + (panel < _lines % panels ? 1 : 0);
}
