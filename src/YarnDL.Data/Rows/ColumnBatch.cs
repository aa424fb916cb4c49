namespace YarnDL.Data.Rows;

/// <summary>Some rows of a table, column by column.</summary>
public sealed record ColumnBatch(Schema Schema, int Rows, IReadOnlyList<Column> Columns)
{
    /// <summary>The column of this name.</summary>
    /// <exception cref="DataException">Missing or ambiguous.</exception>
    public Column this[string name] => Columns[Schema.IndexOf(name)];
}
