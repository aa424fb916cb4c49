using System.Runtime.InteropServices;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>A running query whose rows stream out in batches of up to 2048.</summary>
internal sealed unsafe class DuckDbCursor : IDisposable
{
    private readonly nint[] _types;
    private nint _statement;
    private nint _pending;
    private DuckDbResult _result;
    private bool _open;

    internal DuckDbCursor(nint connection, string sql)
    {
        try
        {
            if (DuckDbApi.Prepare(connection, sql, out _statement) != 0)
            {
                throw new DuckDbException(Copy(DuckDbApi.PrepareError(_statement)));
            }

            if (DuckDbApi.PendingStreaming(_statement, out _pending) != 0)
            {
                throw new DuckDbException(Copy(DuckDbApi.PendingError(_pending)));
            }

            fixed (DuckDbResult* result = &_result)
            {
                _open = true;
                if (DuckDbApi.ExecutePending(_pending, result) != 0)
                {
                    throw new DuckDbException(Copy(DuckDbApi.ResultError(result)));
                }

                _types = new nint[DuckDbApi.ColumnCount(result)];
                Field[] fields = new Field[_types.Length];
                for (int i = 0; i < fields.Length; i++)
                {
                    string name = Copy(DuckDbApi.ColumnName(result, (ulong)i));
                    _types[i] = DuckDbApi.ColumnLogicalType(result, (ulong)i);
                    fields[i] = DuckDbTypes.ToField(name, _types[i], name);
                }

                Schema = new Schema(fields);
            }
        }
        catch
        {
            _types ??= [];
            Dispose();
            throw;
        }
    }

    internal Schema Schema { get; }

    /// <summary>The next rows, null at the end.</summary>
    internal ColumnBatch? Next()
    {
        nint chunk = DuckDbApi.FetchChunk(_result);
        if (chunk == 0)
        {
            fixed (DuckDbResult* result = &_result)
            {
                nint error = DuckDbApi.ResultError(result);
                return error == 0 ? null : throw new DuckDbException(Copy(error));
            }
        }

        try
        {
            int rows = (int)DuckDbApi.DataChunkSize(chunk);
            if (rows == 0)
            {
                return null;
            }

            Column[] columns = new Column[_types.Length];
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i] = DuckDbVectors.Read(Schema.Fields[i], DuckDbApi.DataChunkVector(chunk, (ulong)i), _types[i], rows);
            }

            return new ColumnBatch(Schema, rows, columns);
        }
        finally
        {
            DuckDbApi.DestroyDataChunk(ref chunk);
        }
    }

    public void Dispose()
    {
        for (int i = 0; i < _types.Length; i++)
        {
            if (_types[i] != 0)
            {
                DuckDbApi.DestroyType(ref _types[i]);
            }
        }

        if (_open)
        {
            _open = false;
            fixed (DuckDbResult* result = &_result)
            {
                DuckDbApi.DestroyResult(result);
            }
        }

        if (_pending != 0)
        {
            DuckDbApi.DestroyPending(ref _pending);
        }

        if (_statement != 0)
        {
            DuckDbApi.DestroyPrepare(ref _statement);
        }
    }

    private static string Copy(nint text) => Marshal.PtrToStringUTF8(text) ?? "unknown error";
}
