using YarnDL.Data.Rows;

namespace YarnDL.Data.Series;

/// <summary>One column of windows in the making.</summary>
internal sealed class SeriesColumn(Field field, int source, string part)
{
    private readonly ColumnBuilder _builder = new(field);

    public Field Field { get; } = field;

    /// <summary>Appends the window's part of the source column.</summary>
    /// <param name="batches">The source rows.</param>
    /// <param name="rows">Window, delay and horizon.</param>
    /// <param name="options">How long each is.</param>
    public void Append(List<ColumnBatch> batches, ReadOnlySpan<SeriesRow> rows, SeriesOptions options)
    {
        if (part == SeriesColumns.Last)
        {
            var last = rows[options.Length - 1];
            _builder.AppendFrom(batches[last.Batch].Columns[source], last.Row);
            return;
        }

        foreach (var row in part == SeriesColumns.Ahead ? rows[(options.Length + options.Delay)..] : rows[..options.Length])
        {
            _builder.Child(0).AppendFrom(batches[row.Batch].Columns[source], row.Row);
        }

        _builder.Close();
    }

    public Column Build() => _builder.Build();
}
