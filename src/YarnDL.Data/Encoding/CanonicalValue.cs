using System.Buffers.Binary;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>Writes one value of a column as tag, length and payload, the same bytes for every way a source may store the value (docs/row-identity.md, version 1).</summary>
public static class CanonicalValue
{
    private const int DeepestNesting = 64;

    /// <summary>Appends the value of a row.</summary>
    /// <exception cref="DataException">A type that has no canonical form, or nesting deeper than 64.</exception>
    public static void Append(ByteBuffer into, Column column, int row) => Append(into, column, row, 0);

    /// <summary>Refuses a column whose type has no canonical form, by name.</summary>
    /// <exception cref="DataException">The type, or one inside it, is unknown, or nesting is deeper than 64.</exception>
    public static void Require(Field field) => Require(field, field, 0);

    private static void Require(Field top, Field field, int depth)
    {
        if (!Enum.IsDefined(field.Type) || depth > DeepestNesting || (field.Type == ColumnType.Decimal && field.Scale is < 0 or > 38))
        {
            throw new DataException(DataFault.Input, $"[row id] column '{top.Name}' holds {field}; a row id needs numbers, text, binary, dates, times, or structs, lists and maps of these no deeper than {DeepestNesting}; cast it or leave it out");
        }

        foreach (var child in field.Children ?? [])
        {
            Require(top, child, depth + 1);
        }
    }

    private static void Append(ByteBuffer into, Column column, int row, int depth)
    {
        if (column.IsNull(row))
        {
            Head(into, ValueTag.Null, 0);
            return;
        }

        switch (column.Field.Type)
        {
            case ColumnType.Bool:
                Head(into, ValueTag.Bool, 1);
                into.AppendByte(column.Values[row] != 0 ? (byte)1 : (byte)0);
                break;
            case ColumnType.Int8: Integer(into, column.As<sbyte>()[row]); break;
            case ColumnType.Int16: Integer(into, column.As<short>()[row]); break;
            case ColumnType.Int32: Integer(into, column.As<int>()[row]); break;
            case ColumnType.Int64: Integer(into, column.As<long>()[row]); break;
            case ColumnType.UInt8: Integer(into, column.As<byte>()[row]); break;
            case ColumnType.UInt16: Integer(into, column.As<ushort>()[row]); break;
            case ColumnType.UInt32: Integer(into, column.As<uint>()[row]); break;
            case ColumnType.UInt64: Integer(into, column.As<ulong>()[row]); break;
            case ColumnType.Float32:
                Head(into, ValueTag.Float32, 4);
                BinaryPrimitives.WriteSingleLittleEndian(into.Append(4), CanonicalFloat.Of(column.As<float>()[row]));
                break;
            case ColumnType.Float64:
                Head(into, ValueTag.Float64, 8);
                BinaryPrimitives.WriteDoubleLittleEndian(into.Append(8), CanonicalFloat.Of(column.As<double>()[row]));
                break;
            case ColumnType.Decimal: Decimal(into, column.As<Int128>()[row], column.Field.Scale); break;
            case ColumnType.Text: Bytes(into, ValueTag.Text, column.Bytes(row)); break;
            case ColumnType.Binary: Bytes(into, ValueTag.Binary, column.Bytes(row)); break;
            case ColumnType.Date:
                Head(into, ValueTag.Date, 4);
                into.AppendInt32(column.As<int>()[row]);
                break;
            case ColumnType.Timestamp:
                Head(into, ValueTag.Instant, 8);
                into.AppendInt64(column.As<long>()[row]);
                break;
            case ColumnType.Time:
                Head(into, ValueTag.Time, 8);
                into.AppendInt64(column.As<long>()[row]);
                break;
            case ColumnType.Struct or ColumnType.List or ColumnType.Map: Nested(into, column, row, depth); break;
            default: throw new DataException(DataFault.Input, $"[row id] column '{column.Field.Name}' has type {column.Field.Type}; it has no canonical form");
        }
    }

    private static void Nested(ByteBuffer into, Column column, int row, int depth)
    {
        if (depth >= DeepestNesting)
        {
            throw new DataException(DataFault.Input, $"[row id] column '{column.Field.Name}' is nested deeper than {DeepestNesting}");
        }

        into.AppendByte((byte)(column.Field.Type switch { ColumnType.Struct => ValueTag.Struct, ColumnType.List => ValueTag.List, _ => ValueTag.Map }));
        int lengthAt = into.Length;
        into.AppendInt32(0);
        if (column.Field.Type == ColumnType.Struct)
        {
            foreach (var child in column.Children)
            {
                Append(into, child, row, depth + 1);
            }
        }
        else
        {
            int from = column.Offsets[row], to = column.Offsets[row + 1];
            if (column.Field.Type == ColumnType.List)
            {
                for (int i = from; i < to; i++)
                {
                    Append(into, column.Children[0], i, depth + 1);
                }
            }
            else
            {
                MapPairs(into, column, from, to, depth);
            }
        }

        BinaryPrimitives.WriteInt32LittleEndian(into.At(lengthAt, 4), into.Length - lengthAt - 4);
    }

    /// <summary>Pairs in the order of their whole bytes (key first), so that a source may give them in any order.</summary>
    private static void MapPairs(ByteBuffer into, Column column, int from, int to, int depth)
    {
        var pairs = new byte[to - from][];
        var pair = new ByteBuffer();
        for (int i = from; i < to; i++)
        {
            pair.Clear();
            Append(pair, column.Children[0], i, depth + 1);
            Append(pair, column.Children[1], i, depth + 1);
            pairs[i - from] = pair.ToArray();
        }

        Array.Sort(pairs, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        foreach (byte[] p in pairs)
        {
            into.Append(p);
        }
    }

    private static void Integer(ByteBuffer into, Int128 value)
    {
        Head(into, ValueTag.Integer, 16);
        BinaryPrimitives.WriteInt128LittleEndian(into.Append(16), value);
    }

    private static void Decimal(ByteBuffer into, Int128 unscaled, int scale)
    {
        while (scale > 0 && unscaled % 10 == 0)
        {
            unscaled /= 10;
            scale--;
        }

        if (scale == 0)
        {
            Integer(into, unscaled);
            return;
        }

        Head(into, ValueTag.Decimal, 17);
        BinaryPrimitives.WriteInt128LittleEndian(into.Append(16), unscaled);
        into.AppendByte((byte)scale);
    }

    private static void Bytes(ByteBuffer into, ValueTag tag, ReadOnlySpan<byte> bytes)
    {
        Head(into, tag, bytes.Length);
        into.Append(bytes);
    }

    private static void Head(ByteBuffer into, ValueTag tag, int length)
    {
        into.AppendByte((byte)tag);
        into.AppendInt32(length);
    }
}
