namespace YarnDL.Data.Rows;

/// <summary>Some rows of a table, column by column.</summary>
public sealed record ColumnBatch(Schema Schema, int Rows, IReadOnlyList<Column> Columns)
{
    /// <summary>The column of this name.</summary>
    /// <exception cref="DataException">Missing or ambiguous.</exception>
    public Column this[string name] => Columns[Schema.IndexOf(name)];

    /// <summary>Rows from .. from+count-1 as a batch of their own.</summary>
    public ColumnBatch Slice(int from, int count)
    {
        if (from == 0 && count == Rows)
        {
            return this;
        }

        var columns = new Column[Columns.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = Columns[c].Slice(from, count);
        }

        return new ColumnBatch(Schema, count, columns);
    }

    /// <summary>Batches of the same rows in the same order, none with more rows or (but for a single row) much more bytes than told.</summary>
    public IEnumerable<ColumnBatch> Cut(int mostRows, long mostBytes)
    {
        long bytes = 0;
        foreach (Column column in Columns)
        {
            bytes += column.BufferBytes();
        }

        int rows = (int)Math.Clamp(mostBytes / Math.Max(1, bytes / Math.Max(1, Rows)), 1, Math.Max(1, mostRows));
        for (int from = 0; from < Rows; from += rows)
        {
            yield return Slice(from, Math.Min(rows, Rows - from));
        }
    }
}
