using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Weight gradients of convolutions of small images with few output channels: the image is copied once with its padding, and the innermost loop reads the
/// pixels under each tap where they lie; only the output gradient is packed. Leaves are computed side by side and joined by the tree.
/// The same chains, so the same bits, as the packed form.
/// </summary>
internal unsafe struct DirectWeights<TKernel> : IParallelJob where TKernel : struct, IMicroKernel
{
    private const long MostImageFloats = 1 << 16;
    private const long MostSums = 1 << 14;
    private const int BlockPixels = 256;

    private ComputePool _pool;
    private PaddedImage _image;
    private float* _dy;
    private long _rowStride;
    private long _positions;
    private int _outputs;
    private int _terms;
    private int _pieces;
    private LeafPlace* _leaves;
    private float* _sums;

    /// <summary>Whether this form can do it and is likely faster: packing the taps costs about as much as 20 more output channels.</summary>
    public static bool Suits(in PixelGather taps, long outputs, long terms)
    {
        long columns = (outputs + TKernel.Width - 1) / TKernel.Width * TKernel.Width;
        return taps.Positions <= SumTree.LeafTerms && columns <= outputs + 20 && outputs * terms <= MostSums && new PaddedImage(taps, terms).Floats <= MostImageFloats;
    }

    /// <param name="dy">First channel of the group in row 0.</param>
    /// <param name="scratch"><see cref="LeafPlace.ScratchBytes"/> bytes.</param>
    public static void Run<TStore>(ComputePool pool, in PixelGather taps, float* dy, long rowStride, TStore store, SumTree tree, long leaves, long outputs, long terms, void* scratch)
        where TStore : struct, IProductStore
    {
        var job = new DirectWeights<TKernel>
        {
            _pool = pool,
            _image = new PaddedImage(taps, terms),
            _dy = dy,
            _rowStride = rowStride,
            _positions = taps.Positions,
            _outputs = (int)outputs,
            _terms = (int)terms,
            _leaves = (LeafPlace*)scratch,
            _sums = LeafPlace.Sums((LeafPlace*)scratch, leaves),
        };
        LeafPlace.List(tree, job._leaves);
        long wanted = pool.Threads == 1 ? 1 : ((2L * pool.Threads) + leaves - 1) / Math.Max(1, leaves);
        job._pieces = (int)Math.Clamp(wanted, 1, job.Panels);
        pool.Run(ref job, leaves * job._pieces);
        LeafJoin<TStore>.Run(pool, job._leaves, leaves, tree.Depth, job._sums, terms, outputs, store);
    }

    private readonly int Panels => (_terms + TKernel.Height - 1) / TKernel.Height;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        int width = TKernel.Width;
        int tileFloats = TKernel.Height * width;
        LeafPlace leaf = _leaves[item / _pieces];
        int piece = (int)(item % _pieces);
        int firstPanel = Panels * piece / _pieces;
        int lastPanel = Panels * (piece + 1) / _pieces;
        int columnPanels = (_outputs + width - 1) / width;
        long imageFloats = RoundUp(_image.Floats);
        long packedFloats = (BlockPixels * width) + 16;
        long tiles = (long)(lastPanel - firstPanel) * columnPanels * tileFloats;
        float* image = (float*)_pool.ThreadScratch(thread, (imageFloats + packedFloats + tiles + RoundUp(_terms) + RoundUp(_positions)) * sizeof(float));
        float* packed = image + imageFloats;
        float* sums = packed + packedFloats;
        int* taps = (int*)(sums + tiles);
        int* pixels = taps + RoundUp(_terms);
        _image.TapOffsets(taps);
        _image.PixelOffsets(pixels);
        long firstRow = leaf.Start / _positions;
        long rows = leaf.Length / _positions;
        for (long row = firstRow; row < firstRow + rows; row++)
        {
            _image.Fill(row, image, 0);
            for (int q = 0; q < _positions; q += BlockPixels)
            {
                int count = (int)Math.Min(BlockPixels, _positions - q);
                float* tile = sums;
                for (int o = 0; o < _outputs; o += width)
                {
                    Packing.Across(_dy + (row * _rowStride) + (o * _positions) + q, (nint)_positions, Math.Min(width, _outputs - o), width, count, packed);
                    for (int p = firstPanel; p < lastPanel; p++)
                    {
                        TKernel.RunPixels(Height(p), count, image, pixels + q, taps + First(p), packed, tile, row > firstRow || q > 0);
                        tile += tileFloats;
                    }
                }
            }
        }

        Write(sums, _sums + (item / _pieces * _terms * _outputs), firstPanel, lastPanel);
    }

    private static long RoundUp(long floats) => (floats + 15) & ~15L;

    // Taps are dealt evenly to the panels.
    private readonly int First(int panel) => (int)((long)_terms * panel / Panels);

    private readonly int Height(int panel) => First(panel + 1) - First(panel);

    private readonly void Write(float* tile, float* leafSums, int firstPanel, int lastPanel)
    {
        for (int o = 0; o < _outputs; o += TKernel.Width)
        {
            for (int p = firstPanel; p < lastPanel; p++)
            {
                for (int i = 0; i < Height(p); i++)
                {
                    Packing.Copy(tile + (i * TKernel.Width), leafSums + ((long)(First(p) + i) * _outputs) + o, Math.Min(TKernel.Width, _outputs - o));
                }

                tile += TKernel.Height * TKernel.Width;
            }
        }
    }
}
