using YarnDL.Data.Rows;

namespace YarnDL.Training.Scoring;

/// <summary>Copies chosen rows of a column, of any type.</summary>
internal static class ColumnRows
{
    public static Column Select(Column column, IReadOnlyList<int> rows)
    {
        if (rows.Count == column.Rows)
        {
            return column;
        }

        var builder = new ColumnBuilder(column.Field);
        foreach (int row in rows)
        {
            builder.AppendFrom(column, row);
        }

        return builder.Build();
    }
}
