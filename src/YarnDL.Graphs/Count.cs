namespace YarnDL.Graphs;

/// <summary>A number of elements: a factor times the number of rows to some power.</summary>
internal readonly record struct Count(long Factor, int Rows)
{
    public static Count One { get; } = new(1, 0);

    public static Count Of(SymbolicShape shape)
    {
        Count n = One;
        foreach (Dim d in shape.Dims)
        {
            n = n.Times(d);
        }

        return n;
    }

    public Count Times(Dim d) => new(checked(Factor * d.Factor), Rows + (d.IsRows ? 1 : 0));

    /// <summary>This divided by another number, as one extent; null when it is not whole.</summary>
    public Dim? Over(Count other)
    {
        int rows = Rows - other.Rows;
        if (other.Factor == 0 || Factor % other.Factor != 0 || rows is < 0 or > 1)
        {
            return null;
        }

        return new Dim(Factor / other.Factor, rows == 1 ? Dim.Rows : null);
    }

    public override string ToString() => Rows == 0 ? $"{Factor}" : $"{Factor}·N{(Rows > 1 ? $"^{Rows}" : "")}";
}
