using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>A query over the named tables.</summary>
internal sealed class SqlTable : LakeTable
{
    private readonly string _sql;
    private readonly List<(string Name, LakeTable Table)> _tables = [];
    private readonly List<string> _files = [];
    private readonly string[] _known;

    internal SqlTable(TableSource source, EmbeddedLakeOptions options)
    {
        CheckOptions(source);
        _sql = source.Sql?.Trim().TrimEnd(';') is { Length: > 0 } sql ? sql
            : throw new DataException(DataFault.Job, "[sql] no query is given; format sql needs one; add sql: SELECT ...");
        _known = [.. options.Tables.Keys.Order(StringComparer.Ordinal)];
        foreach ((string name, TableSource table) in options.Tables.OrderBy(static t => t.Key, StringComparer.Ordinal))
        {
            // Tables that the query does not name need not exist.
            if (_sql.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                if (table.Format is "sql" or "table")
                {
                    throw new DataException(DataFault.Job, $"[sql] the named table '{name}' has format {table.Format}; queries may use tables of files only; write its query into this one");
                }

                LakeTable opened = Of(table, options);
                _tables.Add((name, opened));
                _files.AddRange(opened.Files);
            }
        }
    }

    internal override string Name => "sql";

    internal override IReadOnlyList<string> Files => _files;

    protected override string Remedy => "the query must be one SELECT over columns of these tables; correct it";

    internal override Relation Open(DuckDbSession session)
    {
        foreach ((string name, LakeTable table) in _tables)
        {
            Relation relation = table.Open(session);
            session.Execute($"CREATE TEMP VIEW {Sql.Name(name)} AS {relation.Sql}");
        }

        Schema schema = session.Describe(_sql);
        return new Relation(schema, [.. schema.Fields.Select(static f => f.Name)], _sql, null);
    }

    /// <inheritdoc/>
    internal override DataException Refuse(DuckDbException e, EmbeddedLakeOptions options)
    {
        string tables = _known.Length == 0 ? "no table is named in this job" : $"the named tables are {string.Join(", ", _known)}";
        if (MissingTable(e.Message) is { } name)
        {
            string hint = Spelling.Nearest(name, _known) is { } near ? $"did you mean '{near}'?" : $"add it under data.tables, such as tables: {{{name}: file.parquet}}";
            return new DataException(DataFault.Job, $"[sql] the query reads '{name}'; {tables}, and a query may read no other; {hint}", e);
        }

        return e.IsStatement || e.Message.StartsWith("Permission Error", StringComparison.Ordinal) ? new DataException(DataFault.Job, $"[sql] {e.Message}; {tables}; {Remedy}", e) : base.Refuse(e, options);
    }

    /// <summary>What a query names although it is no named table: a table, or a file by its path.</summary>
    private static string? MissingTable(string message)
    {
        foreach ((string before, string after) in ((string, string)[])[("Catalog Error: Table with name ", " does not exist"), ("Permission Error: Cannot access file \"", "\"")])
        {
            if (message.StartsWith(before, StringComparison.Ordinal) && message.IndexOf(after, before.Length, StringComparison.Ordinal) is > 0 and int end)
            {
                return message[before.Length..end];
            }
        }

        return null;
    }
}
