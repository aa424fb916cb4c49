using System.Globalization;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Matrix products of row-major float32 matrices. Each output is one chain of fused multiply-adds from +0 over ascending k,
/// cut into leaves of at most 4096 terms joined by the tree of <see cref="SumTree"/>: a row of the result does not depend on how many rows there are.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>What products and convolutions run with. Tests put the others here: every one runs, in software if need be, on every machine.</summary>
    internal static MicroKernel Kernel { get; set; } = CpuPath.Name switch
    {
        CpuPath.Avx512 => MicroKernel.Avx512,
        CpuPath.Avx2 => MicroKernel.Avx2,
        _ => MicroKernel.Portable,
    };

    /// <summary>C (m, n) = activation(op(A) (m, k) op(B) (k, n) + bias). With k = 0 the product is 0.</summary>
    /// <param name="transA">A is stored as (k, m).</param>
    /// <param name="transB">B is stored as (n, k).</param>
    /// <param name="lda">Floats from one stored row of A to the next; likewise ldb, ldc.</param>
    /// <param name="bias">n values added after the chain, or null.</param>
    /// <exception cref="ArgumentException">An extent is negative or a row overlaps the next.</exception>
    public static void Run(
        ComputePool pool, bool transA, bool transB, long m, long n, long k, float* a, long lda, float* b, long ldb, float* c, long ldc, float* bias = null, Activation activation = Activation.None) =>
        RunWith(Kernel, pool, transA, transB, m, n, k, a, lda, b, ldb, c, ldc, bias, activation);

    /// <summary>C (m, n) = A^T B summed over rows x positions: A is (rows * positions, m), B is (rows * positions, n). Weight gradients of linear layers.</summary>
    /// <param name="rows">Segments: each has its own tree, the segments are joined by the tree over their numbers.</param>
    /// <exception cref="ArgumentException">An extent is negative or a row overlaps the next.</exception>
    public static void SumOverRows(ComputePool pool, RowSegments rows, long positions, long m, long n, float* a, long lda, float* b, long ldb, float* c, long ldc) =>
        SumOverRowsWith(Kernel, pool, rows, positions, m, n, a, lda, b, ldb, c, ldc);

    internal static void RunWith(
        MicroKernel kernel, ComputePool pool, bool transA, bool transB, long m, long n, long k, float* a, long lda, float* b, long ldb, float* c, long ldc, float* bias, Activation activation)
    {
        Check(m, n, k, transA ? m : k, lda, transB ? k : n, ldb, ldc);
        var panelsA = new MatrixPanels(a, lda, !transA);
        var panelsB = new MatrixPanels(b, ldb, transB);
        var store = new MatrixStore(c, ldc, bias, activation);
        switch (kernel)
        {
            case MicroKernel.Avx512: Product<Avx512Kernel, MatrixPanels, MatrixPanels, MatrixStore>.Run(pool, panelsA, panelsB, store, SumTree.Over(k), m, n); break;
            case MicroKernel.Avx2: Product<Avx2Kernel, MatrixPanels, MatrixPanels, MatrixStore>.Run(pool, panelsA, panelsB, store, SumTree.Over(k), m, n); break;
            default: Product<PortableKernel, MatrixPanels, MatrixPanels, MatrixStore>.Run(pool, panelsA, panelsB, store, SumTree.Over(k), m, n); break;
        }
    }

    internal static void SumOverRowsWith(
        MicroKernel kernel, ComputePool pool, RowSegments rows, long positions, long m, long n, float* a, long lda, float* b, long ldb, float* c, long ldc)
    {
        Check(m, n, positions, m, lda, n, ldb, ldc);
        var panelsA = new MatrixPanels(a, lda, false);
        var panelsB = new MatrixPanels(b, ldb, false);
        switch (kernel)
        {
            case MicroKernel.Avx512: SumOverRows<Avx512Kernel>(pool, rows, positions, m, n, panelsA, panelsB, c, ldc); break;
            case MicroKernel.Avx2: SumOverRows<Avx2Kernel>(pool, rows, positions, m, n, panelsA, panelsB, c, ldc); break;
            default: SumOverRows<PortableKernel>(pool, rows, positions, m, n, panelsA, panelsB, c, ldc); break;
        }
    }

    private static void SumOverRows<TKernel>(ComputePool pool, RowSegments rows, long positions, long m, long n, MatrixPanels a, MatrixPanels b, float* c, long ldc)
        where TKernel : struct, IMicroKernel
    {
        var store = new MatrixStore(c, ldc, null, Activation.None);
        SumTree tree = SumTree.OverRows(rows, positions);
        long leaves = SumTree.LeafCount(rows, positions);
        long bytes = LeafSums<TKernel, MatrixPanels, MatrixPanels>.ScratchBytes(leaves, m, n, pool.Threads);
        if (bytes == 0)
        {
            Product<TKernel, MatrixPanels, MatrixPanels, MatrixStore>.Run(pool, a, b, store, tree, m, n);
            return;
        }

        void* scratch = pool.Scratch.Rent(bytes);
        try
        {
            LeafSums<TKernel, MatrixPanels, MatrixPanels>.Run(pool, a, b, store, tree, leaves, m, n, scratch);
        }
        finally
        {
            pool.Scratch.Return(scratch);
        }
    }

    private static void Check(long m, long n, long k, long rowA, long lda, long rowB, long ldb, long ldc)
    {
        if (m < 0 || n < 0 || k < 0 || lda < rowA || ldb < rowB || ldc < n)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"[matmul] m {m}, n {n}, k {k} with strides {lda}, {ldb}, {ldc}; extents must be 0 or more and strides at least the length of a stored row ({rowA}, {rowB}, {n})"));
        }
    }
}
