using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>One axis of a broadcast: its extent and how far one step goes in each operand (last axis: 1 or 0).</summary>
internal record struct BroadcastAxis(long Extent, long StrideX, long StrideY);

/// <summary>Two shapes aligned at the last axis, neighbouring axes with equal behaviour joined. Rows = all axes but the last.</summary>
internal struct Broadcast
{
    private const int MaxRank = 16;

    private Axes _axes;

    public int Rank { get; private set; }

    public long Rows { get; private set; }

    public readonly BroadcastAxis Last => _axes[Rank - 1];

    public static Broadcast Of(Shape x, Shape y)
    {
        int rank = Math.Max(x.Rank, y.Rank);
        if (rank > MaxRank)
        {
            throw new ArgumentException($"[broadcast] shapes {x} and {y} have more than {MaxRank} axes; reshape them first");
        }

        // From the last axis to the first; then reversed.
        var plan = default(Broadcast);
        long strideX = 1;
        long strideY = 1;
        long elements = 1;
        for (int i = 1; i <= rank; i++)
        {
            long a = i <= x.Rank ? x[^i] : 1;
            long b = i <= y.Rank ? y[^i] : 1;
            if (a != b && a != 1 && b != 1)
            {
                throw new ArgumentException($"[broadcast] shapes {x} and {y} do not go together; each extent must be equal or 1");
            }

            var axis = new BroadcastAxis(a == 1 ? b : a, a == 1 ? 0 : strideX, b == 1 ? 0 : strideY);
            strideX *= a;
            strideY *= b;
            elements *= axis.Extent;
            if (axis.Extent == 1)
            {
                continue;
            }

            if (plan.Rank > 0 && plan._axes[plan.Rank - 1] is var inner && axis.StrideX == inner.StrideX * inner.Extent && axis.StrideY == inner.StrideY * inner.Extent)
            {
                plan._axes[plan.Rank - 1] = inner with { Extent = inner.Extent * axis.Extent };
            }
            else
            {
                plan._axes[plan.Rank++] = axis;
            }
        }

        if (plan.Rank == 0)
        {
            plan._axes[plan.Rank++] = new BroadcastAxis(1, 1, 1);
        }

        for (int i = 0; i < plan.Rank / 2; i++)
        {
            (plan._axes[i], plan._axes[plan.Rank - 1 - i]) = (plan._axes[plan.Rank - 1 - i], plan._axes[i]);
        }

        plan.Rows = elements == 0 ? 0 : elements / plan.Last.Extent;
        return plan;
    }

    public readonly void Offsets(long row, out long x, out long y)
    {
        x = 0;
        y = 0;
        for (int i = Rank - 2; i >= 0; i--)
        {
            BroadcastAxis axis = _axes[i];
            long at = row % axis.Extent;
            row /= axis.Extent;
            x += at * axis.StrideX;
            y += at * axis.StrideY;
        }
    }

    [InlineArray(MaxRank)]
    private struct Axes
    {
        private BroadcastAxis _first;
    }
}
