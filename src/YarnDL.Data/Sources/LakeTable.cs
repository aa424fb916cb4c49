using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>A source whose files have been found, ready to be opened in a session.</summary>
internal abstract class LakeTable
{
    /// <summary>The format and paths, for messages.</summary>
    internal abstract string Name { get; }

    /// <summary>Full paths of all files that DuckDB opens for it.</summary>
    internal abstract IReadOnlyList<string> Files { get; }

    /// <summary>What must hold of the files and what to do, for messages.</summary>
    protected abstract string Remedy { get; }

    /// <summary>The query.</summary>
    /// <exception cref="DuckDbException">DuckDB refuses the files.</exception>
    /// <exception cref="DataException">We do.</exception>
    internal abstract Relation Open(DuckDbSession session);

    /// <summary>The table of a source.</summary>
    /// <exception cref="DataException">No such format, table or file.</exception>
    internal static LakeTable Of(TableSource source, EmbeddedLakeOptions options) => source.Format.ToLowerInvariant() switch
    {
        "parquet" => new ParquetTable(source),
        "csv" => new CsvTable(source),
        "json" => new JsonTable(source),
        "idx" => new IdxTable(source),
        "sql" => new SqlTable(source, options),
        "table" => Of(Named(source, options), options),
        _ => throw new DataException(DataFault.Job, $"[source] format '{source.Format}' is not known; it must be one of parquet, csv, json, idx, sql, table{Hint(source.Format)}"),
    };

    /// <summary>The source that a named table stands for; any other source itself.</summary>
    /// <exception cref="DataException">There is no such name.</exception>
    internal static TableSource Resolve(TableSource source, EmbeddedLakeOptions options) =>
        source.Format.Equals("table", StringComparison.OrdinalIgnoreCase) ? Named(source, options) : source;

    /// <summary>The exception for what DuckDB said of this table.</summary>
    internal virtual DataException Refuse(DuckDbException e, EmbeddedLakeOptions options) => e.IsMemory
        ? new DataException(DataFault.Input, $"[{Name}] {e.Message}; reading must fit into {options.MemoryBytes >> 20} MiB; raise the lake's memory limit, or read fewer columns", e)
        : new DataException(DataFault.Input, $"[{Name}] {e.Message}; {e.Remedy ?? Remedy}", e);

    /// <summary>Refuses option names that a format does not have.</summary>
    protected static void CheckOptions(TableSource source, params string[] known)
    {
        foreach (string option in source.Options.Keys.Order(StringComparer.Ordinal))
        {
            if (!known.Contains(option))
            {
                string hint = Spelling.Nearest(option, known) is { } near ? $"did you mean '{near}'?" : "remove it";
                throw new DataException(DataFault.Job, $"[{source.Format}] '{option}' is no option of this format; it has {(known.Length == 0 ? "none" : string.Join(", ", known))}; {hint}");
            }
        }
    }

    private static TableSource Named(TableSource source, EmbeddedLakeOptions options)
    {
        string name = source.Table ?? "";
        foreach ((string known, TableSource table) in options.Tables)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase) && table.Format != "table")
            {
                return table;
            }
        }

        string[] names = [.. options.Tables.Keys.Order(StringComparer.Ordinal)];
        string hint = Spelling.Nearest(name, names) is { } near ? $"did you mean '{near}'?" : $"add it under data.tables, such as tables: {{{name}: file.parquet}}";
        throw new DataException(DataFault.Job, $"[table] '{name}' is not among the named tables ({(names.Length == 0 ? "there are none" : string.Join(", ", names))}); it must be one; {hint}");
    }

    private static string Hint(string format) =>
        Spelling.Nearest(format, ["parquet", "csv", "json", "idx", "sql", "table"]) is { } near ? $"; did you mean '{near}'?" : "; choose one";
}
