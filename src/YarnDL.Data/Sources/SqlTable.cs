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

    internal SqlTable(TableSource source, EmbeddedLakeOptions options)
    {
        CheckOptions(source);
        _sql = source.Sql?.Trim().TrimEnd(';') is { Length: > 0 } sql ? sql
            : throw new DataException(DataFault.Job, "[sql] no query is given; format sql needs one; add sql: SELECT ...");
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

    protected override string Remedy => $"the query may use the named tables ({string.Join(", ", _tables.Select(static t => t.Name))}) and no other file; correct it, or name the table under tables";

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
    internal override DataException Refuse(DuckDbException e, EmbeddedLakeOptions options) =>
        e.IsStatement || e.Message.StartsWith("Permission Error", StringComparison.Ordinal) ? new DataException(DataFault.Job, $"[sql] {e.Message}; {Remedy}", e) : base.Refuse(e, options);
}
