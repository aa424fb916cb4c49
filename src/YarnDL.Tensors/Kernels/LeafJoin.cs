using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>Joins leaf sums that were computed side by side, element by element along the tree.</summary>
internal unsafe struct LeafJoin<TStore> : IParallelJob where TStore : struct, IProductStore
{
    private const int Piece = 128;

    private LeafPlace* _leaves;
    private long _count;
    private float* _sums;
    private long _m;
    private long _n;
    private int _depth;
    private TStore _store;

    private readonly long PiecesOfRow => (_n + Piece - 1) / Piece;

    /// <param name="depth">Most entries of the tree's stack.</param>
    /// <param name="sums">(leaves, m, n).</param>
    public static void Run(ComputePool pool, LeafPlace* leaves, long count, int depth, float* sums, long m, long n, TStore store)
    {
        var job = new LeafJoin<TStore> { _leaves = leaves, _count = count, _sums = sums, _m = m, _n = n, _depth = depth, _store = store };
        pool.Run(ref job, m * job.PiecesOfRow);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        long i = item / PiecesOfRow;
        long j = item % PiecesOfRow * Piece;
        int width = (int)Math.Min(Piece, _n - j);
        float* stack = stackalloc float[_depth * Piece];
        int top = 0;
        for (long leaf = 0; leaf < _count; leaf++)
        {
            Packing.Copy(_sums + (((leaf * _m) + i) * _n) + j, stack + (top * Piece), width);
            top++;
            for (int merge = 0; merge < _leaves[leaf].Merges; merge++)
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

        _store.Store(stack, Piece, i, 1, j, width);
    }
}
