using System.Globalization;
using System.Runtime.InteropServices;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>Copies DuckDB's vectors into columns. <c>picks</c> are the vector's rows to take, in order; null takes the first <c>rows</c>.</summary>
internal static unsafe class DuckDbVectors
{
    /// <summary>The column of a chunk's vector.</summary>
    /// <exception cref="DuckDbException">A HUGEINT beyond 38 digits, or a column of more than 2 GiB in one batch.</exception>
    internal static Column Read(Field field, nint vector, nint type, int rows, int[]? picks = null)
    {
        DuckDbType id = DuckDbApi.TypeId(type);
        byte[] validity = Validity(vector, rows, picks);
        nint data = DuckDbApi.VectorData(vector);
        switch (field.Type)
        {
            case ColumnType.Text or ColumnType.Binary:
                return ReadBytes(field, data, type, id, rows, picks, validity);
            case ColumnType.List or ColumnType.Map:
                return id == DuckDbType.Array ? ReadArray(field, vector, type, rows, picks, validity) : ReadList(field, vector, type, data, rows, picks, validity);
            case ColumnType.Struct:
                return new Column(field, rows, validity, [], [], ReadFields(field, vector, type, rows, picks));
        }

        byte[] values = new byte[checked(rows * field.Type.Width())];
        switch (id)
        {
            case DuckDbType.HugeInt:
                CopyHuge(field, data, rows, picks, validity, MemoryMarshal.Cast<byte, Int128>(values.AsSpan()));
                break;
            case DuckDbType.Decimal:
                CopyDecimal(data, DuckDbApi.DecimalInternalType(type), rows, picks, MemoryMarshal.Cast<byte, Int128>(values.AsSpan()));
                break;
            case DuckDbType.TimestampSeconds or DuckDbType.TimestampMillis or DuckDbType.TimestampNanos or DuckDbType.TimeNanos:
                CopyMicros(field, data, id, rows, picks, validity, MemoryMarshal.Cast<byte, long>(values.AsSpan()));
                break;
            default:
                Copy(data, field.Type.Width(), rows, picks, values);
                break;
        }

        Column column = new(field, rows, validity, values, [], []);
        ClearNulls(column);
        return column;
    }

    private static byte[] Validity(nint vector, int rows, int[]? picks)
    {
        byte* mask = (byte*)DuckDbApi.VectorValidity(vector);
        if (mask == null)
        {
            return [];
        }

        byte[] bits = new byte[(rows + 7) / 8];
        bool any = false;
        for (int i = 0; i < rows; i++)
        {
            int at = picks is null ? i : picks[i];
            bool valid = (mask[at >> 3] & (1 << (at & 7))) != 0;
            any |= !valid;
            bits[i >> 3] |= (byte)(valid ? 1 << (i & 7) : 0);
        }

        return any ? bits : [];
    }

    /// <summary>Null rows hold whatever DuckDB left there; zeros make batches with equal rows equal.</summary>
    private static void ClearNulls(Column column)
    {
        if (column.Validity.Length > 0)
        {
            int width = column.Field.Type.Width();
            for (int i = 0; i < column.Rows; i++)
            {
                if (column.IsNull(i))
                {
                    column.Values.AsSpan(i * width, width).Clear();
                }
            }
        }
    }

    private static bool IsNull(byte[] validity, int row) => validity.Length > 0 && (validity[row >> 3] & (1 << (row & 7))) == 0;

    private static void Copy(nint data, int width, int rows, int[]? picks, Span<byte> to)
    {
        if (picks is null)
        {
            new ReadOnlySpan<byte>((void*)data, rows * width).CopyTo(to);
            return;
        }

        for (int i = 0; i < rows; i++)
        {
            new ReadOnlySpan<byte>((byte*)data + ((long)picks[i] * width), width).CopyTo(to[(i * width)..]);
        }
    }

    private static void CopyDecimal(nint data, DuckDbType stored, int rows, int[]? picks, Span<Int128> to)
    {
        for (int i = 0; i < rows; i++)
        {
            int at = picks is null ? i : picks[i];
            to[i] = stored switch
            {
                DuckDbType.SmallInt => ((short*)data)[at],
                DuckDbType.Integer => ((int*)data)[at],
                DuckDbType.BigInt => ((long*)data)[at],
                _ => Huge(data, at),
            };
        }
    }

    private static void CopyHuge(Field field, nint data, int rows, int[]? picks, byte[] validity, Span<Int128> to)
    {
        Int128 limit = Int128.Parse("99999999999999999999999999999999999999", CultureInfo.InvariantCulture);
        for (int i = 0; i < rows; i++)
        {
            to[i] = Huge(data, picks is null ? i : picks[i]);
            if (!IsNull(validity, i) && (to[i] > limit || to[i] < -limit))
            {
                throw new DuckDbException($"column '{field.Name}' holds {to[i].ToString(CultureInfo.InvariantCulture)}", "integers must have at most 38 digits; cast it in SQL");
            }
        }
    }

    private static Int128 Huge(nint data, int at) => new(((ulong*)data)[(2L * at) + 1], ((ulong*)data)[2L * at]);

    private static void CopyMicros(Field field, nint data, DuckDbType id, int rows, int[]? picks, byte[] validity, Span<long> to)
    {
        for (int i = 0; i < rows; i++)
        {
            if (IsNull(validity, i))
            {
                continue;
            }

            long value = ((long*)data)[picks is null ? i : picks[i]];
            long factor = id == DuckDbType.TimestampSeconds ? 1_000_000 : 1_000;
            if (id is DuckDbType.TimestampNanos or DuckDbType.TimeNanos)
            {
                // Floor, so that instants before 1970 keep their order.
                to[i] = Math.DivRem(value, factor, out long rest) - (rest < 0 ? 1 : 0);
            }
            else if (value > long.MaxValue / factor || value < long.MinValue / factor)
            {
                throw new DuckDbException($"column '{field.Name}' holds an instant beyond the range of 64-bit microseconds", "it must lie within the years -290308 to 294246; cast it in SQL");
            }
            else
            {
                to[i] = value * factor;
            }
        }
    }

    private static Column ReadBytes(Field field, nint data, nint type, DuckDbType id, int rows, int[]? picks, byte[] validity)
    {
        int[] offsets = new int[rows + 1];
        Dictionary<uint, byte[]> names = [];
        DuckDbType enumWidth = id == DuckDbType.Enum ? DuckDbApi.EnumInternalType(type) : 0;
        // Two passes: lengths, then bytes.
        byte[] values = [];
        byte[] uuid = new byte[36];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < rows; i++)
            {
                ReadOnlySpan<byte> bytes = default;
                if (!IsNull(validity, i))
                {
                    int at = picks is null ? i : picks[i];
                    bytes = id switch
                    {
                        DuckDbType.Enum => EnumText(names, type, enumWidth, data, at),
                        DuckDbType.Uuid => UuidText(data, at, uuid),
                        _ => BytesAt(data, at),
                    };
                }

                if (pass == 0)
                {
                    long end = (long)offsets[i] + bytes.Length;
                    offsets[i + 1] = end <= Array.MaxLength ? (int)end
                        : throw new DuckDbException($"column '{field.Name}' holds more than 2 GiB in {rows} rows", "values must be smaller; leave the column out");
                }
                else
                {
                    bytes.CopyTo(values.AsSpan(offsets[i]));
                }
            }

            values = pass == 0 ? new byte[offsets[rows]] : values;
        }

        return new Column(field, rows, validity, values, offsets, []);
    }

    /// <summary>duckdb_string_t: a length and up to 12 bytes in place, or a 4-byte prefix and a pointer.</summary>
    private static ReadOnlySpan<byte> BytesAt(nint data, int at)
    {
        byte* text = (byte*)data + (16L * at);
        int length = checked((int)*(uint*)text);
        return new ReadOnlySpan<byte>(length <= 12 ? text + 4 : *(byte**)(text + 8), length);
    }

    private static ReadOnlySpan<byte> EnumText(Dictionary<uint, byte[]> names, nint type, DuckDbType width, nint data, int at)
    {
        uint index = width switch
        {
            DuckDbType.UTinyInt => ((byte*)data)[at],
            DuckDbType.USmallInt => ((ushort*)data)[at],
            _ => ((uint*)data)[at],
        };
        if (!names.TryGetValue(index, out byte[]? name))
        {
            name = System.Text.Encoding.UTF8.GetBytes(DuckDbTypes.Take(DuckDbApi.EnumValue(type, index)));
            names.Add(index, name);
        }

        return name;
    }

    /// <summary>DuckDB stores a UUID as a number with the top bit flipped, so that it sorts as text.</summary>
    private static ReadOnlySpan<byte> UuidText(nint data, int at, byte[] text)
    {
        ulong low = ((ulong*)data)[2L * at], high = ((ulong*)data)[(2L * at) + 1] ^ (1UL << 63);
        int to = 0;
        for (int i = 0; i < 32; i++)
        {
            if (i is 8 or 12 or 16 or 20)
            {
                text[to++] = (byte)'-';
            }

            int digit = (int)(((i < 16 ? high : low) >> (60 - (4 * (i & 15)))) & 15);
            text[to++] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }

        return text;
    }

    private static Column[] ReadFields(Field field, nint vector, nint type, int rows, int[]? picks)
    {
        Column[] children = new Column[field.Children!.Count];
        for (int i = 0; i < children.Length; i++)
        {
            nint childType = DuckDbApi.StructChildType(type, (ulong)i);
            children[i] = Read(field.Children[i], DuckDbApi.StructChild(vector, (ulong)i), childType, rows, picks);
            DuckDbApi.DestroyType(ref childType);
        }

        return children;
    }

    private static Column ReadList(Field field, nint vector, nint type, nint data, int rows, int[]? picks, byte[] validity)
    {
        int[] offsets = new int[rows + 1];
        bool inOrder = true;
        for (int i = 0; i < rows; i++)
        {
            ulong* entry = (ulong*)data + (2L * (picks is null ? i : picks[i]));
            bool empty = IsNull(validity, i) || entry[1] == 0;
            inOrder &= empty || entry[0] == (ulong)offsets[i];
            offsets[i + 1] = empty ? offsets[i] : checked(offsets[i] + (int)entry[1]);
        }

        int[]? elements = null;
        if (!inOrder)
        {
            elements = new int[offsets[rows]];
            for (int i = 0; i < rows; i++)
            {
                ulong first = ((ulong*)data)[2L * (picks is null ? i : picks[i])];
                for (int j = offsets[i]; j < offsets[i + 1]; j++)
                {
                    elements[j] = (int)first + j - offsets[i];
                }
            }
        }

        nint child = DuckDbApi.ListChild(vector);
        return new Column(field, rows, validity, [], offsets, ReadElements(field, child, type, offsets[rows], elements));
    }

    private static Column ReadArray(Field field, nint vector, nint type, int rows, int[]? picks, byte[] validity)
    {
        int size = (int)DuckDbApi.ArraySize(type);
        int[] offsets = new int[rows + 1];
        List<int> elements = [];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < size && !IsNull(validity, i); j++)
            {
                elements.Add(((picks is null ? i : picks[i]) * size) + j);
            }

            offsets[i + 1] = elements.Count;
        }

        nint childType = DuckDbApi.ArrayChildType(type);
        Column child = Read(field.Children![0], DuckDbApi.ArrayChild(vector), childType, elements.Count, [.. elements]);
        DuckDbApi.DestroyType(ref childType);
        return new Column(field, rows, validity, [], offsets, [child]);
    }

    private static Column[] ReadElements(Field field, nint child, nint type, int count, int[]? elements)
    {
        if (field.Type == ColumnType.List)
        {
            nint elementType = DuckDbApi.ListChildType(type);
            Column column = Read(field.Children![0], child, elementType, count, elements);
            DuckDbApi.DestroyType(ref elementType);
            return [column];
        }

        // A map is a list of structs (key, value).
        nint keyType = DuckDbApi.MapKeyType(type), valueType = DuckDbApi.MapValueType(type);
        Column keys = Read(field.Children![0], DuckDbApi.StructChild(child, 0), keyType, count, elements);
        Column values = Read(field.Children[1], DuckDbApi.StructChild(child, 1), valueType, count, elements);
        DuckDbApi.DestroyType(ref keyType);
        DuckDbApi.DestroyType(ref valueType);
        return [keys, values];
    }
}
