using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>A top-level column of a parquet file, from its footer.</summary>
internal sealed record ParquetColumn(string File, string Name, string Type)
{
    private static readonly string[] Integers = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT"], Unsigned = ["UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"], Floats = ["FLOAT", "DOUBLE"];

    /// <summary>The columns of all files, in their order.</summary>
    /// <exception cref="DataException">A column that would be read wrongly: decimals of more than 38 digits.</exception>
    internal static List<ParquetColumn> ReadAll(DuckDbSession session, IReadOnlyList<string> files)
    {
        List<ParquetColumn> columns = [];
        string? file = null;
        // The footer lists a column, then its children, depth first; the first entry of a file is the root.
        long skip = 0;
        foreach (ColumnBatch batch in session.Read($"SELECT file_name, name, coalesce(duckdb_type, type, 'group'), coalesce(num_children, 0)::BIGINT, coalesce(precision, 0)::BIGINT FROM parquet_schema({Sql.Texts(files)})"))
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                string name = batch.Columns[1].Text(row);
                long children = batch.Columns[3].As<long>()[row], precision = batch.Columns[4].As<long>()[row];
                if (file != batch.Columns[0].Text(row))
                {
                    (file, skip) = (batch.Columns[0].Text(row), 0);
                    continue;
                }

                if (precision > 38)
                {
                    throw new DataException(DataFault.Input, $"[parquet] {file}: column '{name}' is a decimal of {precision} digits; at most 38 are supported; write it as text or as a smaller decimal");
                }

                if (skip == 0)
                {
                    columns.Add(new ParquetColumn(file, name, batch.Columns[2].Text(row)));
                    skip = children;
                }
                else
                {
                    skip += children - 1;
                }
            }
        }

        return columns;
    }

    /// <summary>Types of one family, which DuckDB reads as the wider one.</summary>
    internal static bool Widens(string one, string other)
    {
        foreach (string[] family in new[] { Integers, Unsigned, Floats })
        {
            if (family.Contains(one) && family.Contains(other))
            {
                return true;
            }
        }

        return false;
    }
}
