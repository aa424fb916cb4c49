using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;
using YarnDL.Data.Sources;

namespace YarnDL.Data.Lakes;

/// <summary>One read in progress: the wanted columns and rows of a relation. Owns the session.</summary>
internal sealed class LakeReader : IDisposable
{
    private readonly DuckDbSession _session;
    private readonly DuckDbCursor _cursor;
    private readonly Schema _schema;
    private readonly string? _hybridCalendarFile;
    private readonly LakeTable _table;
    private readonly (string Path, long Bytes, DateTime Written)[] _files;

    internal LakeReader(DuckDbSession session, LakeTable table, ReadRequest request)
    {
        _session = session;
        _table = table;
        _files = [.. table.Files.Select(Look)];
        Relation relation = table.Open(session);
        _hybridCalendarFile = relation.HybridCalendarFile;
        bool positions = UsesPosition(request.Filter);
        List<string> select = [], names = [];
        foreach (string name in request.Columns ?? [.. relation.Schema.Fields.Select(static f => f.Name)])
        {
            if (name is Relation.File or Relation.Row && relation.SqlWithPosition is not null)
            {
                positions = true;
                select.Add(name);
                names.Add(name);
            }
            else
            {
                int column = request.Columns is null ? names.Count : relation.Schema.IndexOf(name);
                select.Add(Sql.Name(relation.SqlNames[column]));
                names.Add(relation.Schema.Fields[column].Name);
            }
        }

        if (positions && relation.SqlWithPosition is null)
        {
            throw new DataException(DataFault.Job, $"[filter] '{request.Filter}' uses {Relation.File} or {Relation.Row}; {table.Name} has no order of rows; parquet, csv, json and idx have");
        }

        string where = string.IsNullOrWhiteSpace(request.Filter) ? "" : $" WHERE ({request.Filter}\n)";
        string sql = $"SELECT {(select.Count == 0 ? "NULL::INTEGER" : string.Join(", ", select))} FROM ({(positions ? relation.SqlWithPosition : relation.Sql)}){where}";
        try
        {
            _cursor = session.Open(sql);
        }
        catch (DuckDbException e) when (e.IsStatement && where.Length > 0)
        {
            throw new DataException(DataFault.Job, $"[filter] '{request.Filter}': {e.Message}; it must be an SQL condition over {relation.Schema}; correct it", e);
        }

        Field[] fields = new Field[select.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = _cursor.Schema.Fields[i] with { Name = names[i] };
        }

        _schema = new Schema(fields);
    }

    /// <summary>The next rows, null at the end.</summary>
    internal ColumnBatch? Next()
    {
        if (_cursor.Next() is not { } batch)
        {
            CheckUnchanged();
            return null;
        }

        Column[] columns = new Column[_schema.Fields.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            Column c = batch.Columns[i];
            columns[i] = c.Field.Name == _schema.Fields[i].Name ? c : new Column(_schema.Fields[i], c.Rows, c.Validity, c.Values, c.Offsets, c.Children);
            if (_hybridCalendarFile is not null)
            {
                RefuseHybridDays(columns[i], columns[i].Field.Name);
            }
        }

        return new ColumnBatch(_schema, batch.Rows, columns);
    }

    public void Dispose()
    {
        _cursor.Dispose();
        _session.Dispose();
    }

    /// <summary>Rows of a file that is written while it is read may come twice or not at all.</summary>
    private void CheckUnchanged()
    {
        foreach ((string Path, long Bytes, DateTime Written) before in _files)
        {
            if (Look(before.Path) != before)
            {
                throw new DataException(DataFault.Input, $"[{_table.Name}] {before.Path} changed while it was read; a table must stay as it is until it is read; write the new one under another name and rename it, then run again");
            }
        }
    }

    private static (string Path, long Bytes, DateTime Written) Look(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? (path, file.Length, file.LastWriteTimeUtc) : (path, -1, default);
    }

    private void RefuseHybridDays(Column column, string name)
    {
        // 1582-10-15 in days since 1970; zeros of null rows are later.
        const int FirstDay = -141_427;
        bool early = column.Field.Type switch
        {
            ColumnType.Date => column.As<int>().ContainsAnyInRange(int.MinValue, FirstDay - 1),
            ColumnType.Timestamp => column.As<long>().ContainsAnyInRange(long.MinValue, (FirstDay * 86_400_000_000L) - 1),
            _ => false,
        };
        if (early)
        {
            throw new DataException(DataFault.Input, $"[parquet] {_hybridCalendarFile}: column '{name}' holds a day before 1582-10-15 in the hybrid calendar of Spark's LEGACY mode, which would be read some days off; such days must be written with spark.sql.parquet.datetimeRebaseModeInWrite=CORRECTED; write the table again, or leave the column out");
        }

        foreach (Column child in column.Children)
        {
            RefuseHybridDays(child, name);
        }
    }

    /// <summary>Whether _file or _row occurs as a word outside of quotes' inner letters.</summary>
    private static bool UsesPosition(string? filter) => filter is not null && (HasWord(filter, Relation.File) || HasWord(filter, Relation.Row));

    private static bool HasWord(string text, string word)
    {
        for (int at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + word.Length;
            if ((at == 0 || !IsWordLetter(text[at - 1])) && (end == text.Length || !IsWordLetter(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWordLetter(char c) => c == '_' || char.IsLetterOrDigit(c);
}
