namespace YarnDL.Data.Rows;

/// <summary>Some rows of a table, column by column.</summary>
public sealed record ColumnBatch(Schema Schema, int Rows, IReadOnlyList<Column> Columns);
