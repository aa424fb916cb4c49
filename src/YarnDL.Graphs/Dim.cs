namespace YarnDL.Graphs;

/// <summary>
/// One extent of a value: a number, or a whole multiple of a named symbol. The symbol <see cref="Rows"/> stands for the rows of the
/// batch; an axis whose extent is 50·N holds 50 consecutive positions of every row.
/// </summary>
public readonly record struct Dim(long Factor, string? Symbol = null)
{
    /// <summary>The name of the row axis.</summary>
    public const string Rows = "N";

    /// <summary>One position per row.</summary>
    public static Dim N { get; } = new(1, Rows);

    public bool IsFixed => Symbol is null;

    /// <summary>True when the axis runs over the rows of the batch.</summary>
    public bool IsRows => Symbol == Rows;

    public static implicit operator Dim(long extent) => new(extent);

    /// <summary>The extent when the batch has <paramref name="rows"/> rows.</summary>
    /// <exception cref="InvalidOperationException">The symbol is not the row symbol.</exception>
    public long At(long rows) => IsFixed ? Factor : IsRows ? checked(Factor * rows)
        : throw new InvalidOperationException($"[shape] symbol {Symbol} has no value");

    public override string ToString() => Symbol is null ? Factor.ToString() : Factor == 1 ? Symbol : $"{Factor}{Symbol}";
}
