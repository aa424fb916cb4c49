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
            Append(builder, column, row);
        }

        return builder.Build();
    }

    private static void Append(ColumnBuilder to, Column from, int row)
    {
        if (from.IsNull(row))
        {
            to.AppendNull();
            return;
        }

        switch (from.Field.Type)
        {
            case ColumnType.Text or ColumnType.Binary:
                to.AppendBytes(from.Bytes(row));
                break;
            case ColumnType.Struct:
                for (int c = 0; c < from.Children.Length; c++)
                {
                    Append(to.Child(c), from.Children[c], row);
                }

                to.Close();
                break;
            case ColumnType.List or ColumnType.Map:
                for (int c = 0; c < from.Children.Length; c++)
                {
                    for (int i = from.Offsets[row]; i < from.Offsets[row + 1]; i++)
                    {
                        Append(to.Child(c), from.Children[c], i);
                    }
                }

                to.Close();
                break;
            default:
                int width = from.Values.Length / from.Rows;
                to.AppendRaw(from.Values.AsSpan(row * width, width));
                break;
        }
    }
}
