namespace YarnDL.Graphs.Tests.Reference;

/// <summary>A tensor of the reference evaluator: everything is float64, row-major.</summary>
internal sealed record Array64(long[] Shape, double[] Data)
{
    public int Rank => Shape.Length;

    public static Array64 Zeros(params long[] shape) => new(shape, new double[shape.Aggregate(1L, (a, b) => a * b)]);

    public double this[params ReadOnlySpan<long> index]
    {
        get => Data[At(index)];
        set => Data[At(index)] = value;
    }

    /// <summary>Every index, in row-major order.</summary>
    public IEnumerable<long[]> Indices()
    {
        for (long i = 0; i < Data.Length; i++)
        {
            yield return IndexOf(i);
        }
    }

    public long[] IndexOf(long flat)
    {
        var index = new long[Rank];
        for (int a = Rank - 1; a >= 0; a--)
        {
            index[a] = flat % Shape[a];
            flat /= Shape[a];
        }

        return index;
    }

    /// <summary>The element that broadcasting puts at an index of a larger shape.</summary>
    public double Broadcast(long[] index)
    {
        long at = 0;
        for (int a = 0; a < Rank; a++)
        {
            long i = index[index.Length - Rank + a];
            at = (at * Shape[a]) + (Shape[a] == 1 ? 0 : i);
        }

        return Data[at];
    }

    private long At(ReadOnlySpan<long> index)
    {
        long at = 0;
        for (int a = 0; a < Rank; a++)
        {
            at = (at * Shape[a]) + index[a];
        }

        return at;
    }
}
