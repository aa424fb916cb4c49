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
        var job = new AxesJob { Reduction = reduction, X = x, Y = y, Plan = ReducePlan.Of(shape, axes) };
        pool.Run(ref job, job.Plan.Outputs);
    }

    /// <summary>The sum of all of x.</summary>
    public static float Sum(ComputePool pool, long count, float* x)
    {
        float sum;
        Run(pool, Reduction.Sum, new Shape(count), 1, x, &sum);
        return sum;
    }

    /// <summary>sums (n) = x (rows, positions, n) summed over the rows of all segments and over positions, by the rule for sums over rows.</summary>
    public static void SumOverRows(ComputePool pool, RowSegments rows, long positions, long n, float* x, float* sums)
    {
        var job = new RowsJob { Rows = rows, Positions = positions, RowStride = positions * n, PositionStride = n, OutputStride = 1, X = x, Sums = sums };
        pool.Run(ref job, n);
    }

    /// <summary>sums (channels) = x (rows, channels, positions) summed over the rows of all segments and over positions, by the rule for sums over rows.</summary>
    public static void SumChannelsOverRows(ComputePool pool, RowSegments rows, long channels, long positions, float* x, float* sums)
    {
        var job = new RowsJob { Rows = rows, Positions = positions, RowStride = channels * positions, PositionStride = 1, OutputStride = positions, X = x, Sums = sums };
        pool.Run(ref job, channels);
    }

    /// <summary>The sum of integers, exact unless it leaves 63 bits.</summary>
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

    private struct AxesJob : IParallelJob
    {
        public Reduction Reduction;
        public ReducePlan Plan;
        public float* X;
        public float* Y;

        public readonly void Execute(long item, int thread)
        {
            float* x = X + Plan.OutputOffset(item);
            if (Reduction is Reduction.Sum or Reduction.Mean)
            {
                float sum = SumTerms(x);
                Y[item] = Reduction == Reduction.Sum ? sum : sum / Plan.Terms;
                return;
            }

            bool max = Reduction == Reduction.Max;
            float best = max ? float.NegativeInfinity : float.PositiveInfinity;
            for (long i = 0; i < Plan.Terms; i++)
            {
                float term = x[Plan.TermOffset(i)];
                best = max ? MathF.Max(best, term) : MathF.Min(best, term);
            }

            Y[item] = best;
        }

        private readonly float SumTerms(float* x)
        {
            float* stack = stackalloc float[SumTree.MaxDepth];
            int top = 0;
            SumTree tree = SumTree.Over(Plan.Terms);
            while (tree.Next())
            {
                var lanes = default(Lanes);
                for (long i = 0; i < tree.Length; i++)
                {
                    lanes.Add(i, x[Plan.TermOffset(tree.Start + i)]);
                }

                stack[top++] = lanes.Fold();
                for (int merge = 0; merge < tree.Merges; merge++)
                {
                    top--;
                    stack[top - 1] += stack[top];
                }
            }

            return top == 0 ? 0 : stack[0];
        }
    }

    private struct RowsJob : IParallelJob
    {
        public RowSegments Rows;
        public long Positions;
        public long RowStride;
        public long PositionStride;
        public long OutputStride;
        public float* X;
        public float* Sums;

        public readonly void Execute(long item, int thread)
        {
            float* x = X + (item * OutputStride);
            float* stack = stackalloc float[SumTree.MaxDepth];
            int top = 0;
            SumTree tree = SumTree.OverRows(Rows, Positions);
            while (tree.Next())
            {
                var lanes = default(Lanes);
                long row = tree.Start / Positions;
                long position = tree.Start % Positions;
                for (long i = 0; i < tree.Length; i++)
                {
                    lanes.Add(i, x[(row * RowStride) + (position * PositionStride)]);
                    if (++position == Positions)
                    {
                        position = 0;
                        row++;
                    }
                }

                stack[top++] = lanes.Fold();
                for (int merge = 0; merge < tree.Merges; merge++)
                {
                    top--;
                    stack[top - 1] += stack[top];
                }
            }

            Sums[item] = top == 0 ? 0 : stack[0];
        }
    }
}
