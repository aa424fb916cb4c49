using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sinks;

/// <summary>Starts the writer of a target's format.</summary>
internal static class TableWriters
{
    /// <exception cref="DataException">No such format, or not one path.</exception>
    internal static ITableWriter Open(TableSource target, Schema schema, WriteMode mode, EmbeddedLakeOptions options, IFileStore store)
    {
        string format = target.Format.ToLowerInvariant();
        if (format is not ("parquet" or "csv" or "json"))
        {
            string hint = Spelling.Nearest(format, ["parquet", "csv", "json"]) is { } near ? $"did you mean '{near}'?" : "choose one";
            throw new DataException(DataFault.Job, $"[sink] format '{target.Format}' cannot be written; it must be parquet, csv or json; {hint}");
        }

        if (target.Paths.Count != 1 || string.IsNullOrWhiteSpace(target.Paths[0]))
        {
            throw new DataException(DataFault.Job, $"[{format}] {target.Paths.Count} paths are given to write to; there must be one; correct it");
        }

        if (schema.Fields.Count == 0)
        {
            throw new DataException(DataFault.Job, $"[{format}] {target.Paths[0]}: the table has no column; it must have at least one; choose columns to write");
        }

        WriteTarget place = new(store, target.Paths[0], format, mode);
        try
        {
            if (place.AddsPart && format == "parquet")
            {
                CheckSameColumns(place.Table, schema, options);
            }

            return new TableWriter(place, format, schema, options);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private static void CheckSameColumns(string table, Schema schema, EmbeddedLakeOptions options)
    {
        Schema there;
        try
        {
            using EmbeddedLake lake = new(options);
            there = lake.Describe(new TableSource { Format = "parquet", Paths = [table], Options = new Dictionary<string, string> { ["missing"] = "null" } });
        }
        catch (DataException e) when (e.Fault == DataFault.Empty)
        {
            return;
        }

        if (!there.SameAs(schema))
        {
            throw new DataException(DataFault.Input, $"[parquet] {table} has columns {there}, the rows to append {schema}; they must be the same; write to another table, or overwrite it");
        }
    }
}
