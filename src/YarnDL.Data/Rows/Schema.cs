namespace YarnDL.Data.Rows;

/// <summary>The columns of a table, in order.</summary>
public sealed record Schema(IReadOnlyList<Field> Fields)
{
    /// <summary>Position of the column; lookup ignores case, an exact match wins, two inexact matches are an error.</summary>
    /// <exception cref="DataException">Missing (the nearest name is told) or ambiguous.</exception>
    public int IndexOf(string name) => throw new NotImplementedException();

    public override string ToString() => $"({string.Join(", ", Fields)})";
}
