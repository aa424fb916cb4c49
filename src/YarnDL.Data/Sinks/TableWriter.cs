using System.Globalization;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sinks;

/// <summary>Collects rows in a table of its own engine and writes them at commit. Not thread-safe.</summary>
internal sealed class TableWriter : ITableWriter
{
    private readonly WriteTarget _target;
    private readonly string _format;
    private readonly Schema _schema;
    private readonly DuckDbSession _session;
    private readonly DuckDbAppender _appender;
    private bool _committed;
    private long _rows;
    private long _bytes;

    internal TableWriter(WriteTarget target, string format, Schema schema, EmbeddedLakeOptions options)
    {
        (_target, _format, _schema) = (target, format, schema);
        // One thread: the order of rows, and so the bytes, are those of the calls.
        _session = new DuckDbSession(options.MemoryBytes, threads: 1, options.TemporaryFolder ?? target.SpillFolder);
        try
        {
            _session.Confine([target.DataFile]);
            // Positions as names: names that differ only in case are one name to DuckDB.
            _session.Execute($"CREATE TABLE rows ({string.Join(", ", schema.Fields.Select(static (f, i) => $"c{i} {DuckDbTypes.ToSql(f)}"))})");
            _appender = _session.Append("rows", schema);
        }
        catch (DuckDbException e)
        {
            _session.Dispose();
            throw Refuse(e);
        }
    }

    /// <inheritdoc/>
    public void Write(ColumnBatch batch)
    {
        ObjectDisposedException.ThrowIf(_committed, this);
        if (!batch.Schema.SameAs(_schema))
        {
            throw new ArgumentException($"the batch has columns {batch.Schema}, the table {_schema}", nameof(batch));
        }

        try
        {
            _appender.Write(batch);
            _rows += batch.Rows;
            foreach (Column column in batch.Columns)
            {
                _bytes += BytesOf(column);
            }
        }
        catch (DuckDbException e)
        {
            throw Refuse(e);
        }
    }

    /// <inheritdoc/>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_committed, this);
        _committed = true;
        string options = _format switch
        {
            "parquet" => string.Create(CultureInfo.InvariantCulture, $"FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE {RowGroup()}"),
            "csv" => "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULL ''",
            _ => "FORMAT json, ARRAY false",
        };
        string columns = string.Join(", ", _schema.Fields.Select((f, i) => $"{Written(f, i)} AS {Sql.Name(f.Name)}"));
        try
        {
            _appender.Close();
            _session.Execute($"COPY (SELECT {columns} FROM rows) TO {Sql.Text(_target.DataFile)} ({options}, USE_TMP_FILE false)");
        }
        catch (DuckDbException e)
        {
            throw Refuse(e);
        }

        _target.Commit();
    }

    public void Dispose()
    {
        _appender.Dispose();
        _session.Dispose();
        _target.Dispose();
    }

    /// <summary>Rows of a row group: DuckDB holds one in memory, so about 16 MiB, in whole vectors of 2048 rows.</summary>
    private long RowGroup() => Math.Clamp((16L << 20) / Math.Max(1, _bytes / Math.Max(1, _rows)) / 2048 * 2048, 2048, 122_880);

    private static long BytesOf(Column column)
    {
        long bytes = column.Values.Length;
        foreach (Column child in column.Children)
        {
            bytes += BytesOf(child);
        }

        return bytes;
    }

    private string Written(Field field, int column) => _format == "parquet" ? $"c{column}" : Text($"c{column}", field);

    /// <summary>Binary as base64; floats in their own shortest text, those that are no numbers as in Spark; in csv nested values as JSON text.</summary>
    private string Text(string value, Field field) => field.Type switch
    {
        ColumnType.Binary => $"to_base64({value})",
        ColumnType.Float32 or ColumnType.Float64 => _format == "csv" ? FloatText(value, "") : $"({FloatText(value, "\"")})::JSON",
        ColumnType.List when field.Children![0].Type is ColumnType.Float32 or ColumnType.Float64 =>
            ToCsv($"list_transform({value}, lambda x: ({FloatText("x", "\"")})::JSON)"),
        ColumnType.List or ColumnType.Struct or ColumnType.Map => ToCsv(value),
        _ => value,
    };

    private string ToCsv(string nested) => _format == "csv" ? $"to_json({nested})::VARCHAR" : nested;

    private static string FloatText(string value, string quote) =>
        $"CASE WHEN {value} IS NULL THEN NULL WHEN isnan({value}) THEN '{quote}NaN{quote}' WHEN isinf({value}) THEN CASE WHEN {value} > 0 THEN '{quote}Infinity{quote}' ELSE '{quote}-Infinity{quote}' END ELSE {value}::VARCHAR END";

    private Exception Refuse(DuckDbException e)
    {
        (FileStoreFault Fault, string Next)? storage =
            e.Message.Contains("No space left", StringComparison.Ordinal) || e.Message.Contains("Disk quota", StringComparison.Ordinal) ? (FileStoreFault.Full, "free some space or choose another disk")
            : e.Message.Contains("Permission denied", StringComparison.Ordinal) ? (FileStoreFault.Denied, "change the permissions or choose another folder")
            : e.Message.StartsWith("IO Error", StringComparison.Ordinal) ? (FileStoreFault.Broken, "check the disk")
            : null;
        return storage is { } s
            ? new FileStoreException(s.Fault, $"[{_format}] {_target.Table} could not be written: {e.Message}; the disk must take it; {s.Next}", e)
            : new DataException(e.IsMemory ? DataFault.Input : DataFault.Job, $"[{_format}] {_target.Table} could not be written: {e.Message}; {e.Remedy ?? "the columns and the memory limit must allow it; change the columns, or raise the lake's memory limit"}", e);
    }
}
