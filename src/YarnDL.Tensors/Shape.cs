namespace YarnDL.Tensors;

/// <summary>The extents of a tensor, row-major. A scalar has rank 0 and one element. Immutable.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    private readonly long[]? _dims;
    private readonly long _count;

    /// <exception cref="ArgumentException">An extent is negative, or their product does not fit 63 bits.</exception>
    public Shape(params ReadOnlySpan<long> dims)
    {
        long count = 1;
        foreach (long d in dims)
        {
            if (d < 0)
            {
                throw new ArgumentException($"[shape] extent {d} is negative; extents are 0 or more");
            }

            if (count != 0 && d != 0 && count > long.MaxValue / d)
            {
                throw new ArgumentException("[shape] the product of the extents does not fit 63 bits");
            }

            count = checked(count * d);
        }

        _dims = dims.ToArray();
        _count = count;
    }

    public static Shape Scalar { get; } = new(ReadOnlySpan<long>.Empty);

    public int Rank => _dims?.Length ?? 0;

    /// <summary>Product of the extents; 1 for a scalar.</summary>
    public long ElementCount => _dims is null ? 1 : _count;

    public ReadOnlySpan<long> Dims => _dims;

    public long this[Index axis] => Dims[axis];

    /// <summary>Product of the extents from <paramref name="axis"/> to the last.</summary>
    public long CountFrom(int axis)
    {
        long n = 1;
        for (int i = axis; i < Rank; i++)
        {
            n *= _dims![i];
        }

        return n;
    }

    /// <summary>Product of the extents before <paramref name="axis"/>.</summary>
    public long CountTo(int axis)
    {
        long n = 1;
        for (int i = 0; i < axis; i++)
        {
            n *= _dims![i];
        }

        return n;
    }

    public bool Equals(Shape other) => Dims.SequenceEqual(other.Dims);

    public override bool Equals(object? obj) => obj is Shape s && Equals(s);

    public override int GetHashCode()
    {
        var h = default(HashCode);
        foreach (long d in Dims)
        {
            h.Add(d);
        }

        return h.ToHashCode();
    }

    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    /// <summary>As users write it: <c>(64, 1, 7, 7)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", Dims.ToArray())})";
}
