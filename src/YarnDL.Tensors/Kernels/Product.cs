using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// C (m, n) = sum over the terms of a <see cref="SumTree"/> of A (m, terms) B (terms, n), block by block on the pool. Blocks, threads and vector width
/// decide only when something is computed: every element is the chains of its leaves, joined by the tree.
/// </summary>
internal unsafe struct Product<TKernel, TA, TB, TStore> : IParallelJob
    where TKernel : struct, IMicroKernel
    where TA : struct, IPanels
    where TB : struct, IPanels
    where TStore : struct, IProductStore
{
    private const int GroupTerms = 256; // terms packed at once: a panel of B stays in the first cache
    private const int MaxParts = 128;
    private const int MaxBlockRows = 240; // packed A stays in the second cache
    private const int MaxBlockColumns = 512;

    private ComputePool _pool;
    private TA _a;
    private TB _b;
    private TStore _store;
    private SumTree _tree;
    private long _m;
    private long _n;
    private long _blockM;
    private long _blockN;
    private long _blocksN;
    private int _depth;
    private bool _oneGroup;

    /// <param name="tree">Not yet begun.</param>
    public static void Run(ComputePool pool, TA a, TB b, TStore store, SumTree tree, long m, long n)
    {
        if (m <= 0 || n <= 0)
        {
            return;
        }

        var job = Plan(pool, a, b, store, tree, m, n, 2L * pool.Threads);
        pool.Run(ref job, job.Items);
    }

    /// <summary>The same on this thread of a job that runs already.</summary>
    public static void RunHere(ComputePool pool, int thread, TA a, TB b, TStore store, SumTree tree, long m, long n)
    {
        Product<TKernel, TA, TB, TStore> job = Plan(pool, a, b, store, tree, m, n, 1);
        for (long i = 0; i < job.Items; i++)
        {
            job.Execute(i, thread);
        }
    }

    private readonly long Items => (_m + _blockM - 1) / _blockM * _blocksN;

    private static Product<TKernel, TA, TB, TStore> Plan(ComputePool pool, TA a, TB b, TStore store, SumTree tree, long m, long n, long wanted)
    {
        var job = new Product<TKernel, TA, TB, TStore> { _pool = pool, _a = a, _b = b, _store = store, _tree = tree, _depth = tree.Depth, _m = m, _n = n };
        job._oneGroup = FitsOneGroup(tree);
        job.ChooseBlocks(pool.Threads == 1 ? 1 : wanted);
        return job;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        long m0 = item / _blocksN * _blockM;
        long n0 = item % _blocksN * _blockN;
        Block(thread, m0, Math.Min(_m, m0 + _blockM), n0, Math.Min(_n, n0 + _blockN));
    }

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;

    private static bool FitsOneGroup(SumTree tree)
    {
        long terms = 0;
        int parts = 0;
        while (tree.Next())
        {
            terms += tree.Length;
            if (++parts > MaxParts || terms > GroupTerms)
            {
                return false;
            }
        }

        return true;
    }

    private void ChooseBlocks(long wanted)
    {
        int height = TKernel.Height;
        int width = TKernel.Width;
        long pieces = (_m + MaxBlockRows - 1) / MaxBlockRows;
        _blockM = RoundUp((_m + pieces - 1) / pieces, height);
        pieces = (_n + MaxBlockColumns - 1) / MaxBlockColumns;
        _blockN = RoundUp((_n + pieces - 1) / pieces, width);
        while ((_m + _blockM - 1) / _blockM * ((_n + _blockN - 1) / _blockN) < wanted && (_blockM > 2 * height || _blockN > width))
        {
            if (_blockN > width && (_blockN >= _blockM || _blockM <= 2 * height))
            {
                _blockN = RoundUp(_blockN / 2, width);
            }
            else
            {
                _blockM = RoundUp(_blockM / 2, height);
            }
        }

        _blocksN = (_n + _blockN - 1) / _blockN;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Block(int thread, long m0, long m1, long n0, long n1)
    {
        int width = TKernel.Width;
        int tileFloats = TKernel.Height * width;
        int panels = (int)((m1 - m0 + TKernel.Height - 1) / TKernel.Height);
        long tiles = _oneGroup ? 1 : panels * ((n1 - n0 + width - 1) / width);
        long floatsA = ((m1 - m0) * GroupTerms) + 16;
        long floatsB = ((long)width * GroupTerms) + 16;
        float* packedA = (float*)_pool.ThreadScratch(thread, (RoundUp(floatsA, 16) + (3 * floatsB) + (tiles * _depth * tileFloats)) * sizeof(float));
        float* packedB = packedA + RoundUp(floatsA, 16);
        float* spare = packedB + floatsB;
        float* stacks = spare + (2 * floatsB);
        Part* parts = stackalloc Part[MaxParts];
        var groups = new Groups(_tree);
        int top = 0;
        while (groups.Next(parts))
        {
            PackA(packedA, spare, m0, m1, panels, groups.Start, groups.Terms);
            int after = top;
            float* stack = stacks;
            for (long j = n0; j < n1; j += width)
            {
                int columns = (int)Math.Min(width, n1 - j);
                float* b = _b.Pack(packedB, spare, j, columns, width, groups.Start, groups.Terms, panels == 1, out nint strideB);
                float* a = packedA;
                long i = m0;
                for (int p = 0; p < panels; p++)
                {
                    int height = PanelHeight(m1 - m0, panels, p);
                    after = Tile(height, a, b, strideB, stack, top, parts, groups.Count);
                    if (groups.IsLast)
                    {
                        _store.Store(stack, width, i, height, j, columns);
                    }

                    a += (nint)height * groups.Terms;
                    i += height;
                    stack += _oneGroup ? 0 : _depth * tileFloats;
                }
            }

            top = after;
        }

        if (top == 0)
        {
            StoreZeros(stacks, m0, m1, n0, n1);
        }
    }

    // Rows are dealt evenly to the panels: 16 rows are 6 + 5 + 5, not 6 + 6 + 4.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PanelHeight(long rows, int panels, int panel) => (int)(rows / panels) + (panel < rows % panels ? 1 : 0);

    private readonly void PackA(float* packed, float* spare, long m0, long m1, int panels, long k, int terms)
    {
        long i = m0;
        for (int p = 0; p < panels; p++)
        {
            int height = PanelHeight(m1 - m0, panels, p);
            _a.Pack(packed, spare, i, height, height, k, terms, false, out _);
            packed += (nint)height * terms;
            i += height;
        }
    }

    // All parts of a group for one tile; returns how many entries the tile's stack then has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Tile(int height, float* a, float* b, nint strideB, float* stack, int top, Part* parts, int count)
    {
        int tileFloats = TKernel.Height * TKernel.Width;
        for (int p = 0; p < count; p++)
        {
            Part part = parts[p];
            top += part.Begins ? 1 : 0;
            TKernel.Run(height, part.Length, a + ((nint)part.Offset * height), b + (part.Offset * strideB), strideB, stack + ((top - 1) * tileFloats), !part.Begins);
            for (int merge = 0; merge < part.Merges; merge++)
            {
                top--;
                Join(stack + ((top - 1) * tileFloats), stack + (top * tileFloats), height * TKernel.Width);
            }
        }

        return top;
    }

    private static void Join(float* left, float* right, int count)
    {
        for (int i = 0; i < count; i += 8)
        {
            (Vector256.Load(left + i) + Vector256.Load(right + i)).Store(left + i);
        }
    }

    private readonly void StoreZeros(float* tile, long m0, long m1, long n0, long n1)
    {
        new Span<float>(tile, TKernel.Width).Clear();
        for (long i = m0; i < m1; i++)
        {
            for (long j = n0; j < n1; j += TKernel.Width)
            {
                _store.Store(tile, TKernel.Width, i, 1, j, (int)Math.Min(TKernel.Width, n1 - j));
            }
        }
    }

    /// <summary>A piece of a leaf, or a whole one, inside a group. Merges count only when the leaf ends with it.</summary>
    private struct Part
    {
        public int Offset;
        public int Length;
        public int Merges;
        public bool Begins;
    }

    /// <summary>Cuts the terms into groups that are packed at once: many short leaves, or a piece of a long one.</summary>
    private ref struct Groups
    {
        private SumTree _tree;
        private bool _more;
        private long _done; // terms of the current leaf that earlier groups took

        public Groups(SumTree tree)
        {
            _tree = tree;
            _more = _tree.Next();
        }

        public long Start { get; private set; }

        public int Terms { get; private set; }

        public int Count { get; private set; }

        public readonly bool IsLast => !_more;

        public bool Next(Part* parts)
        {
            if (!_more)
            {
                return false;
            }

            Start = _tree.Start + _done;
            Terms = 0;
            Count = 0;
            while (_more && Terms < GroupTerms && Count < MaxParts)
            {
                int length = (int)Math.Min(GroupTerms - Terms, _tree.Length - _done);
                bool ends = _done + length == _tree.Length;
                if (!ends && Count > 0 && _tree.Length <= GroupTerms)
                {
                    break; // a short leaf is not torn
                }

                parts[Count++] = new Part { Offset = Terms, Length = length, Begins = _done == 0, Merges = ends ? _tree.Merges : 0 };
                Terms += length;
                _done += length;
                if (ends)
                {
                    _more = _tree.Next();
                    _done = 0;
                }
            }

            return true;
        }
    }
}
