using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Reductions of float32 arrays. A sum takes its terms in row-major order of the reduced axes: leaves of at most 4096 terms,
/// within a leaf 16 lanes (term i to lane i mod 16, folded 8, 4, 2, 1), leaves joined by the tree of <see cref="SumTree"/>.
/// </summary>
public static unsafe class Reduce
{
    /// <summary>Reduces the axes whose bit is set in <paramref name="axes"/>; y has the other axes, in order.</summary>
    /// <param name="axes">Bit i = axis i.</param>
    public static void Run(ComputePool pool, Reduction reduction, Shape shape, ulong axes, float* x, float* y)
    {
        ReducePlan plan = ReducePlan.Of(shape.Dims, axes);
        if (reduction is Reduction.Max or Reduction.Min)
        {
            var extremes = new ExtremeJob { Plan = plan, X = x, Y = y, Largest = reduction == Reduction.Max, PerItem = PerItem(plan) };
            pool.Run(ref extremes, (plan.Outputs + extremes.PerItem - 1) / extremes.PerItem);
            return;
        }

        Sums(pool, plan, SumTree.Over(plan.Terms), x, y, reduction == Reduction.Mean ? plan.Terms : 1);
    }

    /// <summary>The sum of all of x.</summary>
    public static float Sum(long count, float* x) => Lanes.Sum(x, count);

    /// <summary>The sum of x[i] y[i], each product fused into its lane; with x = y the sum of squares.</summary>
    public static float Dot(long count, float* x, float* y) => Lanes.Dot(x, y, count);

    /// <summary>sums (n) = x (rows, positions, n) summed over the rows of all segments and over positions, by the rule for sums over rows.</summary>
    public static void SumOverRows(ComputePool pool, RowSegments rows, long positions, long n, float* x, float* sums) =>
        Sums(pool, ReducePlan.Of([rows.Rows, positions, n], 0b011), SumTree.OverRows(rows, positions), x, sums, 1);

    /// <summary>sums (channels) = x (rows, channels, positions) summed over the rows of all segments and over positions, by the rule for sums over rows.</summary>
    public static void SumChannelsOverRows(ComputePool pool, RowSegments rows, long channels, long positions, float* x, float* sums) =>
        Sums(pool, ReducePlan.Of([rows.Rows, channels, positions], 0b101), SumTree.OverRows(rows, positions), x, sums, 1);

    /// <summary>The sum of integers, exact.</summary>
    /// <exception cref="OverflowException">The sum leaves 63 bits.</exception>
    public static long Sum(ReadOnlySpan<long> x)
    {
        long sum = 0;
        foreach (long term in x)
        {
            sum = checked(sum + term);
        }

        return sum;
    }

    /// <inheritdoc cref="Sum(ReadOnlySpan{long})"/>
    public static long Sum(ReadOnlySpan<int> x)
    {
        long sum = 0;
        foreach (int term in x)
        {
            sum += term;
        }

        return sum;
    }

    private static long PerItem(in ReducePlan plan) => Math.Max(1, 16384 / Math.Max(1, plan.Terms)) * 8;

    private static void Sums(ComputePool pool, in ReducePlan plan, in SumTree tree, float* x, float* y, float divisor)
    {
        var job = new SumJob { Plan = plan, Tree = tree, X = x, Y = y, Divisor = divisor, PerItem = PerItem(plan) };
        pool.Run(ref job, (plan.Outputs + job.PerItem - 1) / job.PerItem);
    }

    private struct SumJob : IParallelJob
    {
        public ReducePlan Plan;
        public SumTree Tree;
        public float* X;
        public float* Y;
        public float Divisor;
        public long PerItem;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long end = Math.Min(Plan.Outputs, (item + 1) * PerItem);
            for (long i = item * PerItem; i < end;)
            {
                if (i + 8 <= end && Plan.EightNeighbours(i))
                {
                    LaneColumns.Sum(Plan, Tree, X + Plan.OutputOffset(i), Y + i);
                    i += 8;
                }
                else
                {
                    Y[i] = One(X + Plan.OutputOffset(i));
                    i++;
                }
            }

            if (Divisor != 1)
            {
                for (long i = item * PerItem; i < end; i++)
                {
                    Y[i] /= Divisor;
                }
            }
        }

        private readonly float One(float* x)
        {
            float* stack = stackalloc float[SumTree.MaxDepth];
            int top = 0;
            SumTree tree = Tree;
            while (tree.Next())
            {
                stack[top++] = Leaf(x, tree.Start, tree.Length);
                for (int merge = 0; merge < tree.Merges; merge++)
                {
                    top--;
                    stack[top - 1] += stack[top];
                }
            }

            return top == 0 ? 0 : stack[0];
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly float Leaf(float* x, long start, long length)
        {
            var lanes = default(Lanes);
            for (long i = 0; i < length;)
            {
                float* term = x + Plan.TermOffset(start + i);
                long run = Math.Min(length - i, Plan.RunFrom(start + i));
                lanes.AddRun(i, term, run, Plan.RunStride);
                i += run;
            }

            return lanes.Fold();
        }
    }

    private struct ExtremeJob : IParallelJob
    {
        public ReducePlan Plan;
        public float* X;
        public float* Y;
        public bool Largest;
        public long PerItem;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long end = Math.Min(Plan.Outputs, (item + 1) * PerItem);
            for (long o = item * PerItem; o < end; o++)
            {
                float* x = X + Plan.OutputOffset(o);
                float best = Largest ? float.NegativeInfinity : float.PositiveInfinity;
                for (long i = 0; i < Plan.Terms;)
                {
                    float* term = x + Plan.TermOffset(i);
                    long run = Math.Min(Plan.Terms - i, Plan.RunFrom(i));
                    for (long r = 0; r < run; r++)
                    {
                        best = Largest ? MathF.Max(best, term[r * Plan.RunStride]) : MathF.Min(best, term[r * Plan.RunStride]);
                    }

                    i += run;
                }

                Y[o] = best;
            }
        }
    }
}
