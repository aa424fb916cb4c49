using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>16 lanes that take the terms of a sum in turn: term i goes to lane i mod 16. At the end the lanes fold 8, 4, 2, 1.</summary>
internal unsafe struct Lanes
{
    private Vector256<float> _low;
    private Vector256<float> _high;

    /// <summary>The sum of terms that are neighbours in memory: leaves and their tree.</summary>
    public static float Sum(float* x, long count) => count <= SumTree.LeafTerms ? Leaf(x, count) : Tree(x, null, count);

    /// <summary>The sum of products x[i] y[i], each fused into its lane: leaves and their tree.</summary>
    public static float Dot(float* x, float* y, long count) => count <= SumTree.LeafTerms ? Leaf(x, y, count) : Tree(x, y, count);

    /// <summary>The sum of at most 4096 terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Leaf(float* x, long count)
    {
        var lanes = default(Lanes);
        Vector256<float> low = default;
        Vector256<float> high = default;
        long i = 0;
        for (; i + 16 <= count; i += 16)
        {
            low += Vector256.Load(x + i);
            high += Vector256.Load(x + i + 8);
        }

        lanes._low = low;
        lanes._high = high;
        for (; i < count; i++)
        {
            lanes.Add(i, x[i]);
        }

        return lanes.Fold();
    }

    /// <summary>Takes terms i .. i+count-1, which lie stride apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRun(long i, float* x, long count, long stride)
    {
        long end = i + count;
        while (i < end && ((i & 15) != 0 || stride != 1 || i + 16 > end))
        {
            Add(i++, *x);
            x += stride;
        }

        for (; i + 16 <= end; i += 16)
        {
            _low += Vector256.Load(x);
            _high += Vector256.Load(x + 8);
            x += 16;
        }

        for (; i < end; i++)
        {
            Add(i, *x++);
        }
    }

    public readonly float Fold() => Fold(_low, _high);

    public static float Fold(Vector256<float> low, Vector256<float> high)
    {
        Vector256<float> eight = low + high;
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(long i, float term) => Unsafe.Add(ref Unsafe.As<Lanes, float>(ref this), (int)(i & 15)) += term;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Leaf(float* x, float* y, long count)
    {
        Vector256<float> low = default;
        Vector256<float> high = default;
        long i = 0;
        for (; i + 16 <= count; i += 16)
        {
            low = Vector256.FusedMultiplyAdd(Vector256.Load(x + i), Vector256.Load(y + i), low);
            high = Vector256.FusedMultiplyAdd(Vector256.Load(x + i + 8), Vector256.Load(y + i + 8), high);
        }

        var lanes = new Lanes { _low = low, _high = high };
        for (; i < count; i++)
        {
            ref float lane = ref Unsafe.Add(ref Unsafe.As<Lanes, float>(ref lanes), (int)(i & 15));
            lane = MathF.FusedMultiplyAdd(x[i], y[i], lane);
        }

        return lanes.Fold();
    }

    private static float Tree(float* x, float* y, long count)
    {
        float* stack = stackalloc float[SumTree.MaxDepth];
        int top = 0;
        SumTree tree = SumTree.Over(count);
        while (tree.Next())
        {
            stack[top++] = y == null ? Leaf(x + tree.Start, tree.Length) : Leaf(x + tree.Start, y + tree.Start, tree.Length);
            for (int merge = 0; merge < tree.Merges; merge++)
            {
                top--;
                stack[top - 1] += stack[top];
            }
        }

        return stack[0];
    }
}
