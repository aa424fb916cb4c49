using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>The shape of a graph value: extents that may depend on the number of rows.</summary>
public sealed class SymbolicShape(params ReadOnlySpan<Dim> dims) : IEquatable<SymbolicShape>
{
    private readonly Dim[] _dims = dims.ToArray();

    public static SymbolicShape Scalar { get; } = new();

    public int Rank => _dims.Length;

    public ReadOnlySpan<Dim> Dims => _dims;

    public Dim this[Index axis] => _dims[axis];

    /// <summary>The axis that runs over rows, or -1.</summary>
    public int RowAxis => Array.FindIndex(_dims, d => d.IsRows);

    /// <summary>The axis whose extent only a run knows, or -1.</summary>
    public int BoundAxis => Array.FindIndex(_dims, d => d.IsBound);

    public bool IsFixed => Array.TrueForAll(_dims, d => d.IsFixed);

    public static SymbolicShape Of(Shape shape)
    {
        var dims = new Dim[shape.Rank];
        for (int i = 0; i < dims.Length; i++)
        {
            dims[i] = shape[i];
        }

        return new SymbolicShape(dims);
    }

    /// <summary>The concrete shape for a batch of <paramref name="rows"/> rows.</summary>
    public Shape At(long rows)
    {
        var dims = new long[_dims.Length];
        for (int i = 0; i < dims.Length; i++)
        {
            dims[i] = _dims[i].At(rows);
        }

        return new Shape(dims);
    }

    public bool Equals(SymbolicShape? other) => other is not null && _dims.AsSpan().SequenceEqual(other._dims);

    public override bool Equals(object? obj) => Equals(obj as SymbolicShape);

    public override int GetHashCode() => _dims.Aggregate(17, (h, d) => HashCode.Combine(h, d));

    public override string ToString() => $"({string.Join(", ", _dims)})";
}
