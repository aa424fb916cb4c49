using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>Which elements of a row-major array belong to an output, in the order in which they are summed.</summary>
internal struct ReducePlan
{
    private const int MaxRank = 16;

    private Longs _extents;
    private Longs _strides;
    private Longs _outputExtents;
    private Longs _outputStrides;
    private int _reducedRank;
    private int _keptRank;

    public long Terms { get; private set; }

    public long Outputs { get; private set; }

    /// <summary>Neighbouring axes of one kind are joined, so the innermost run is as long as it can be.</summary>
    public static ReducePlan Of(ReadOnlySpan<long> dims, ulong axes)
    {
        if (dims.Length > MaxRank)
        {
            throw new ArgumentException($"[reduce] a shape has more than {MaxRank} axes; reshape it first");
        }

        var plan = new ReducePlan { Terms = 1, Outputs = 1 };
        long stride = 1;
        int previous = -1;
        for (int i = dims.Length - 1; i >= 0; i--)
        {
            long extent = dims[i];
            int kind = (int)((axes >> i) & 1);
            if (kind == 1)
            {
                plan.Terms *= extent;
                Append(ref plan._extents, ref plan._strides, ref plan._reducedRank, extent, stride, previous == 1);
            }
            else
            {
                plan.Outputs *= extent;
                Append(ref plan._outputExtents, ref plan._outputStrides, ref plan._keptRank, extent, stride, previous == 0);
            }

            previous = kind;
            stride *= extent;
        }

        if (plan._reducedRank == 0)
        {
            Append(ref plan._extents, ref plan._strides, ref plan._reducedRank, 1, 1, false);
        }

        return plan;
    }

    /// <summary>Distance of the terms of one run.</summary>
    public readonly long RunStride => _strides[0];

    /// <summary>How many terms from term <paramref name="i"/> on lie at that distance.</summary>
    public readonly long RunFrom(long i) => _extents[0] - (i % _extents[0]);

    /// <summary>Outputs i .. i+7 begin side by side, and their terms do not: sum them together.</summary>
    public readonly bool EightNeighbours(long i) => RunStride != 1 && _keptRank > 0 && _outputStrides[0] == 1 && (i % _outputExtents[0]) + 8 <= _outputExtents[0];

    /// <summary>Where output <paramref name="i"/> begins.</summary>
    public readonly long OutputOffset(long i) => Offset(i, _outputExtents, _outputStrides, _keptRank);

    /// <summary>How far term <paramref name="i"/> lies from there.</summary>
    public readonly long TermOffset(long i) => Offset(i, _extents, _strides, _reducedRank);

    // Axes are kept from the innermost outwards.
    private static void Append(ref Longs extents, ref Longs strides, ref int rank, long extent, long stride, bool join)
    {
        if (join)
        {
            extents[rank - 1] *= extent;
            return;
        }

        extents[rank] = extent;
        strides[rank++] = stride;
    }

    private static long Offset(long i, in Longs extents, in Longs strides, int rank)
    {
        long offset = 0;
        for (int axis = 0; axis < rank; axis++)
        {
            offset += i % extents[axis] * strides[axis];
            i /= extents[axis];
        }

        return offset;
    }

    [InlineArray(MaxRank)]
    private struct Longs
    {
        private long _first;
    }
}
