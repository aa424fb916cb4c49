namespace YarnDL.Graphs;

/// <summary>
/// One extent of a value: a number, or a whole multiple of a named symbol. The symbol <see cref="Rows"/> stands for the rows of the
/// batch; an axis whose extent is 50·N holds 50 consecutive positions of every row. An extent that depends on data is known by its bound,
/// <see cref="AtMost"/>: memory is made for so much, and a run says how much there is.
/// </summary>
public readonly record struct Dim(long Factor, string? Symbol = null)
{
    /// <summary>The name of the row axis.</summary>
    public const string Rows = "N";

    /// <summary>One position per row.</summary>
    public static Dim N { get; } = new(1, Rows);

    /// <summary>An extent that a run finds out, at most <paramref name="bound"/>.</summary>
    public static Dim AtMost(long bound) => new(bound, "<=");

    /// <summary>True when the factor is a bound for an extent that depends on data.</summary>
    public bool IsBound => Symbol == "<=";

    public bool IsFixed => Symbol is null;

    /// <summary>True when the axis runs over the rows of the batch.</summary>
    public bool IsRows => Symbol == Rows;

    public static implicit operator Dim(long extent) => new(extent);

    /// <summary>The extent, or its bound, when the batch has <paramref name="rows"/> rows.</summary>
    /// <exception cref="InvalidOperationException">The symbol is not the row symbol.</exception>
    public long At(long rows) => IsFixed || IsBound ? Factor : IsRows ? checked(Factor * rows)
        : throw new InvalidOperationException($"[shape] symbol {Symbol} has no value");

    public override string ToString() => IsBound ? $"<={Factor}" : Symbol is null ? Factor.ToString() : Factor == 1 ? Symbol : $"{Factor}{Symbol}";
}
