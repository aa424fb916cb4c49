using System.Runtime.InteropServices;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>Appends batches to a table of the session.</summary>
internal sealed unsafe class DuckDbAppender : IDisposable
{
    /// <summary>Rows of DuckDB's standard vector.</summary>
    private const int MaxRows = 2048;

    private readonly nint[] _types;
    private nint _appender;
    private nint _chunk;

    internal DuckDbAppender(nint connection, string table, Schema schema)
    {
        _types = new nint[schema.Fields.Count];
        for (int i = 0; i < _types.Length; i++)
        {
            _types[i] = DuckDbTypes.FromField(schema.Fields[i]);
        }

        fixed (nint* types = _types)
        {
            _chunk = DuckDbApi.CreateDataChunk(types, (ulong)_types.Length);
        }

        Check(DuckDbApi.AppenderCreate(connection, null, table, out _appender));
    }

    /// <summary>Appends all rows of a batch whose columns are those of the table.</summary>
    internal void Write(ColumnBatch batch)
    {
        for (int first = 0; first < batch.Rows; first += MaxRows)
        {
            int rows = Math.Min(MaxRows, batch.Rows - first);
            DuckDbApi.DataChunkReset(_chunk);
            for (int c = 0; c < _types.Length; c++)
            {
                Fill(DuckDbApi.DataChunkVector(_chunk, (ulong)c), batch.Columns[c], first, rows);
            }

            DuckDbApi.DataChunkSetSize(_chunk, (ulong)rows);
            Check(DuckDbApi.AppendChunk(_appender, _chunk));
        }
    }

    /// <summary>Makes all rows visible in the table.</summary>
    internal void Close() => Check(DuckDbApi.AppenderClose(_appender));

    public void Dispose()
    {
        if (_appender != 0)
        {
            _ = DuckDbApi.AppenderDestroy(ref _appender);
        }

        if (_chunk != 0)
        {
            DuckDbApi.DestroyDataChunk(ref _chunk);
        }

        for (int i = 0; i < _types.Length; i++)
        {
            DuckDbApi.DestroyType(ref _types[i]);
        }
    }

    /// <summary>Rows first.. of a column to rows 0.. of a vector.</summary>
    private static void Fill(nint vector, Column column, int first, int rows)
    {
        if (column.Validity.Length > 0)
        {
            DuckDbApi.VectorEnsureValidity(vector);
            byte* mask = (byte*)DuckDbApi.VectorValidity(vector);
            for (int i = 0; i < rows; i++)
            {
                int bit = 1 << (i & 7);
                byte* cell = mask + (i >> 3);
                *cell = (byte)(column.IsNull(first + i) ? *cell & ~bit : *cell | bit);
            }
        }

        Field field = column.Field;
        byte* data = (byte*)DuckDbApi.VectorData(vector);
        switch (field.Type)
        {
            case ColumnType.Text or ColumnType.Binary:
                for (int i = 0; i < rows; i++)
                {
                    ReadOnlySpan<byte> bytes = column.Bytes(first + i);
                    fixed (byte* from = bytes)
                    {
                        DuckDbApi.VectorAssignBytes(vector, (ulong)i, from, (ulong)bytes.Length);
                    }
                }

                break;
            case ColumnType.List or ColumnType.Map:
                FillList(vector, column, first, rows, (ulong*)data);
                break;
            case ColumnType.Struct:
                for (int i = 0; i < column.Children.Length; i++)
                {
                    Fill(DuckDbApi.StructChild(vector, (ulong)i), column.Children[i], first, rows);
                }

                break;
            case ColumnType.Decimal:
                FillDecimal(column.As<Int128>().Slice(first, rows), field.Precision, data);
                break;
            default:
                int width = field.Type.Width();
                column.Values.AsSpan(first * width, rows * width).CopyTo(new Span<byte>(data, rows * width));
                break;
        }
    }

    private static void FillList(nint vector, Column column, int first, int rows, ulong* entries)
    {
        int start = column.Offsets[first], count = column.Offsets[first + rows] - start;
        if (DuckDbApi.ListReserve(vector, (ulong)count) != 0 || DuckDbApi.ListSetSize(vector, (ulong)count) != 0)
        {
            throw new DuckDbException("Out of Memory Error: a list could not be made larger");
        }

        for (int i = 0; i < rows; i++)
        {
            entries[2 * i] = (ulong)(column.Offsets[first + i] - start);
            entries[(2 * i) + 1] = (ulong)(column.Offsets[first + i + 1] - column.Offsets[first + i]);
        }

        nint child = DuckDbApi.ListChild(vector);
        for (int i = 0; i < column.Children.Length; i++)
        {
            nint target = column.Field.Type == ColumnType.Map ? DuckDbApi.StructChild(child, (ulong)i) : child;
            Fill(target, column.Children[i], start, count);
        }
    }

    /// <summary>DuckDB stores a decimal in 2, 4, 8 or 16 bytes by its precision.</summary>
    private static void FillDecimal(ReadOnlySpan<Int128> values, int precision, byte* data)
    {
        for (int i = 0; i < values.Length; i++)
        {
            switch (precision)
            {
                case <= 4: ((short*)data)[i] = (short)values[i]; break;
                case <= 9: ((int*)data)[i] = (int)values[i]; break;
                case <= 18: ((long*)data)[i] = (long)values[i]; break;
                default: ((Int128*)data)[i] = values[i]; break;
            }
        }
    }

    private void Check(int failed)
    {
        if (failed != 0)
        {
            throw new DuckDbException(Marshal.PtrToStringUTF8(DuckDbApi.AppenderError(_appender)) ?? "the rows could not be appended");
        }
    }
}
