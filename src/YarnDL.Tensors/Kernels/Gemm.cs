namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Matrix products of row-major float32 matrices. Each output is one chain of fused multiply-adds from +0 over ascending k,
/// cut into leaves of at most 4096 terms joined by the tree of <see cref="SumTree"/>: a row of the result does not depend on how many rows there are.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>C (m, n) = activation(op(A) (m, k) op(B) (k, n) + bias). With k = 0 the product is 0.</summary>
    /// <param name="transA">A is stored as (k, m).</param>
    /// <param name="transB">B is stored as (n, k).</param>
    /// <param name="lda">Floats from one stored row of A to the next; likewise ldb, ldc.</param>
    /// <param name="bias">n values added after the chain, or null.</param>
    public static void Run(
        ComputePool pool, bool transA, bool transB, long m, long n, long k, float* a, long lda, float* b, long ldb, float* c, long ldc, float* bias = null, Activation activation = Activation.None)
    {
        float* stack = stackalloc float[SumTree.MaxDepth];
        for (long i = 0; i < m; i++)
        {
            for (long j = 0; j < n; j++)
            {
                int top = 0;
                SumTree tree = SumTree.Over(k);
                while (tree.Next())
                {
                    float sum = 0;
                    for (long p = tree.Start; p < tree.Start + tree.Length; p++)
                    {
                        sum = MathF.FusedMultiplyAdd(transA ? a[(p * lda) + i] : a[(i * lda) + p], transB ? b[(j * ldb) + p] : b[(p * ldb) + j], sum);
                    }

                    stack[top++] = sum;
                    for (int merge = 0; merge < tree.Merges; merge++)
                    {
                        top--;
                        stack[top - 1] += stack[top];
                    }
                }

                float y = (top == 0 ? 0 : stack[0]) + (bias == null ? 0 : bias[j]);
                c[(i * ldc) + j] = activation switch { Activation.Relu => y > 0 ? y : 0, Activation.Tanh => Maths.Tanh(y), Activation.Sigmoid => Maths.Sigmoid(y), _ => y };
            }
        }
    }

    /// <summary>C (m, n) = A^T B summed over rows x positions: A is (rows * positions, m), B is (rows * positions, n). Weight gradients of linear layers.</summary>
    /// <param name="rows">Segments: each has its own tree, the segments are joined by the tree over their numbers.</param>
    public static void SumOverRows(ComputePool pool, RowSegments rows, long positions, long m, long n, float* a, long lda, float* b, long ldb, float* c, long ldc)
    {
        float* stack = stackalloc float[SumTree.MaxDepth];
        for (long i = 0; i < m; i++)
        {
            for (long j = 0; j < n; j++)
            {
                int top = 0;
                SumTree tree = SumTree.OverRows(rows, positions);
                while (tree.Next())
                {
                    float sum = 0;
                    for (long p = tree.Start; p < tree.Start + tree.Length; p++)
                    {
                        sum = MathF.FusedMultiplyAdd(a[(p * lda) + i], b[(p * ldb) + j], sum);
                    }

                    stack[top++] = sum;
                    for (int merge = 0; merge < tree.Merges; merge++)
                    {
                        top--;
                        stack[top - 1] += stack[top];
                    }
                }

                c[(i * ldc) + j] = top == 0 ? 0 : stack[0];
            }
        }
    }
}
