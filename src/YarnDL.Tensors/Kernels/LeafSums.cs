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
    private ComputePool _pool;
    private TA _a;
    private TB _b;
    private LeafPlace* _leaves;
    private float* _sums;
    private long _m;
    private long _n;

    /// <summary>Bytes of scratch for up to this many leaves; 0 when leaves are better not computed side by side.</summary>
    public static long ScratchBytes(long leaves, long m, long n, int threads)
    {
        long tiles = ((m + TKernel.Height - 1) / TKernel.Height) * ((n + TKernel.Width - 1) / TKernel.Width);
        return threads > 1 && leaves > threads && tiles < 64L * threads && leaves <= LeafPlace.MostLeaves(m, n)
            ? LeafPlace.ScratchBytes(leaves, m, n)
            : 0;
    }

    /// <param name="scratch"><see cref="ScratchBytes"/> bytes, 64-byte aligned.</param>
    public static void Run<TStore>(ComputePool pool, TA a, TB b, TStore store, SumTree tree, long leaves, long m, long n, void* scratch) where TStore : struct, IProductStore
    {
        var places = (LeafPlace*)scratch;
        var job = new LeafSums<TKernel, TA, TB> { _pool = pool, _a = a, _b = b, _leaves = places, _m = m, _n = n };
        job._sums = LeafPlace.Sums(places, leaves);
        LeafPlace.List(tree, places);
        pool.Run(ref job, leaves);
        LeafJoin<TStore>.Run(pool, places, leaves, tree.Depth, job._sums, m, n, store);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(long item, int thread)
    {
        LeafPlace leaf = _leaves[item];
        var store = new MatrixStore(_sums + (item * _m * _n), _n, null, Activation.None);
        Product<TKernel, TA, TB, MatrixStore>.RunHere(_pool, thread, _a, _b, store, SumTree.OneLeaf(leaf.Start, leaf.Length), _m, _n);
    }
}
