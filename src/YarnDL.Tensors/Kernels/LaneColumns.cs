using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>Eight sums at once whose terms lie side by side: the same 16 lanes and the same tree for each of them, as <see cref="Lanes"/>.</summary>
internal static unsafe class LaneColumns
{
    /// <summary>y[0..7] = the sums that begin at x[0..7].</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(in ReducePlan plan, SumTree tree, float* x, float* y)
    {
        float* stack = stackalloc float[SumTree.MaxDepth * 8];
        float* lanes = stackalloc float[16 * 8];
        int top = 0;
        while (tree.Next())
        {
            Leaf(plan, x, tree.Start, tree.Length, lanes).Store(stack + (8 * top++));
            for (int merge = 0; merge < tree.Merges; merge++)
            {
                top--;
                float* left = stack + (8 * (top - 1));
                (Vector256.Load(left) + Vector256.Load(left + 8)).Store(left);
            }
        }

        (top == 0 ? Vector256<float>.Zero : Vector256.Load(stack)).Store(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector256<float> Leaf(in ReducePlan plan, float* x, long start, long length, float* lanes)
    {
        new Span<float>(lanes, 16 * 8).Clear();
        for (long i = 0; i < length;)
        {
            float* term = x + plan.TermOffset(start + i);
            long run = Math.Min(length - i, plan.RunFrom(start + i));
            for (long end = i + run; i < end; i++)
            {
                float* lane = lanes + ((i & 15) * 8);
                (Vector256.Load(lane) + Vector256.Load(term)).Store(lane);
                term += plan.RunStride;
            }
        }

        for (int half = 8; half > 0; half /= 2)
        {
            for (int j = 0; j < half; j++)
            {
                (Vector256.Load(lanes + (8 * j)) + Vector256.Load(lanes + (8 * (j + half)))).Store(lanes + (8 * j));
            }
        }

        return Vector256.Load(lanes);
    }
}
