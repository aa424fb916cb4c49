using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// A matrix product with few outputs and many terms: the leaves of its sum are computed side by side into scratch, then joined by the tree.
/// The same bits as <see cref="Product{TKernel, TA, TB, TStore}"/>.
/// </summary>
internal unsafe struct LeafSums<TKernel, TA, TB> : IParallelJob
    where TKernel : struct, IMicroKernel
    where TA : struct, IPanels
    where TB : struct, IPanels
{
    private const long MostFloats = 1 << 23;

    private ComputePool _pool;
    private TA _a;
    private TB _b;
    private LeafPlace* _leaves;
    private float* _sums;
    private long _m;
    private long _n;

    /// <summary>More leaves than this are not computed side by side: their sums would take too much memory.</summary>
    public static long MostLeaves(long m, long n) => MostFloats / Math.Max(1, m * n);

    /// <summary>Bytes of scratch for up to this many leaves; 0 when leaves are better not computed side by side.</summary>
    public static long ScratchBytes(long leaves, long m, long n, int threads)
    {
        long tiles = ((m + TKernel.Height - 1) / TKernel.Height) * ((n + TKernel.Width - 1) / TKernel.Width);
        return threads > 1 && leaves > threads && tiles < 64L * threads && leaves <= MostLeaves(m, n)
            ? (leaves * (sizeof(LeafPlace) + (m * n * sizeof(float)))) + 64
            : 0;
    }

    /// <param name="scratch"><see cref="ScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void Run<TStore>(ComputePool pool, TA a, TB b, TStore store, SumTree tree, long leaves, long m, long n, void* scratch) where TStore : struct, IProductStore
    {
        var places = (LeafPlace*)scratch;
        var job = new LeafSums<TKernel, TA, TB> { _pool = pool, _a = a, _b = b, _leaves = places, _m = m, _n = n };
        job._sums = (float*)(((nint)(places + leaves) + 63) & ~63);
        int depth = tree.Depth;
        for (long i = 0; tree.Next(); i++)
        {
            places[i] = new LeafPlace { Start = tree.Start, Length = (int)tree.Length, Merges = tree.Merges };
        }

        pool.Run(ref job, leaves);
        var join = new JoinJob<TStore> { Leaves = places, Count = leaves, Sums = job._sums, M = m, N = n, Depth = depth, Store = store };
        pool.Run(ref join, m * join.PiecesOfRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        LeafPlace leaf = _leaves[item];
        var store = new MatrixStore(_sums + (item * _m * _n), _n, null, Activation.None);
        Product<TKernel, TA, TB, MatrixStore>.RunHere(_pool, thread, _a, _b, store, SumTree.OneLeaf(leaf.Start, leaf.Length), _m, _n);
    }

    private struct LeafPlace
    {
        public long Start;
        public int Length;
        public int Merges;
    }

    private struct JoinJob<TStore> : IParallelJob where TStore : struct, IProductStore
    {
        private const int Piece = 128;

        public LeafPlace* Leaves;
        public long Count;
        public float* Sums;
        public long M;
        public long N;
        public int Depth;
        public TStore Store;

        public readonly long PiecesOfRow => (N + Piece - 1) / Piece;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long i = item / PiecesOfRow;
            long j = item % PiecesOfRow * Piece;
            int width = (int)Math.Min(Piece, N - j);
            float* stack = stackalloc float[Depth * Piece];
            int top = 0;
            for (long leaf = 0; leaf < Count; leaf++)
            {
                Packing.Copy(Sums + (((leaf * M) + i) * N) + j, stack + (top * Piece), width);
                top++;
                for (int merge = 0; merge < Leaves[leaf].Merges; merge++)
                {
                    top--;
                    float* left = stack + ((top - 1) * Piece);
                    float* right = stack + (top * Piece);
                    for (int x = 0; x < width; x += 8)
                    {
                        (Vector256.Load(left + x) + Vector256.Load(right + x)).Store(left + x);
                    }
                }
            }

            Store.Store(stack, Piece, i, 1, j, width);
        }
    }
}
