using System.Buffers.Binary;
using System.Runtime.InteropServices;
using YarnDL.Data.Encoding;
using Utf8 = System.Text.Encoding;

namespace YarnDL.Data.Rows;

/// <summary>Schemas and column batches as bytes between processes (docs/bridge.md); little endian, every count checked.</summary>
public static class ColumnBatchFormat
{
    private const int MostFields = 1 << 16, Deepest = 64;

    /// <summary>Appends the columns: their count, then name, type, precision, scale and children of each.</summary>
    public static void WriteSchema(IReadOnlyList<Field> fields, ByteBuffer into)
    {
        into.AppendInt32(fields.Count);
        foreach (Field f in fields)
        {
            WriteBlob(Utf8.UTF8.GetBytes(f.Name), into);
            into.AppendByte((byte)f.Type);
            into.AppendInt32(f.Precision);
            into.AppendInt32(f.Scale);
            WriteSchema(f.Children ?? [], into);
        }
    }

    /// <summary>Reads a schema and moves past it.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a schema.</exception>
    public static Schema ReadSchema(ref ReadOnlySpan<byte> from) => new(ReadFields(ref from, 0));

    /// <summary>Appends rows, then validity, values, offsets and children of each column.</summary>
    public static void Write(ColumnBatch batch, ByteBuffer into)
    {
        into.AppendInt32(batch.Rows);
        foreach (Column c in batch.Columns)
        {
            WriteColumn(c, into);
        }
    }

    /// <summary>Reads a batch and moves past it.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a batch of this schema.</exception>
    public static ColumnBatch Read(Schema schema, ref ReadOnlySpan<byte> from)
    {
        int rows = ReadCount(ref from, 1 << 24);
        var columns = new Column[schema.Fields.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = ReadColumn(schema.Fields[i], rows, ref from);
        }

        return new ColumnBatch(schema, rows, columns);
    }

    private static Field[] ReadFields(ref ReadOnlySpan<byte> from, int depth)
    {
        int count = ReadCount(ref from, MostFields);
        if (depth > Deepest || count > from.Length)
        {
            throw Damaged(depth > Deepest ? $"columns nested deeper than {Deepest}" : $"{count} columns in {from.Length} bytes");
        }

        var fields = new Field[count];
        for (int i = 0; i < count; i++)
        {
            string name = Utf8.UTF8.GetString(Take(ReadCount(ref from, from.Length), ref from));
            var type = (ColumnType)Take(1, ref from)[0];
            int precision = ReadInt32(ref from), scale = ReadInt32(ref from);
            Field[] children = ReadFields(ref from, depth + 1);
            int expected = type switch { ColumnType.List => 1, ColumnType.Map => 2, ColumnType.Struct => children.Length, _ => 0 };
            if (type is < ColumnType.Bool or > ColumnType.Map || children.Length != expected)
            {
                throw Damaged($"column {name} has type {(int)type} and {children.Length} children");
            }

            fields[i] = new Field(name, type, children.Length == 0 ? null : children, precision, scale);
        }

        return fields;
    }

    private static void WriteColumn(Column c, ByteBuffer into)
    {
        WriteBlob(c.Validity, into);
        WriteBlob(c.Values, into);
        if (c.Field.Type.HasOffsets())
        {
            foreach (int offset in c.Offsets)
            {
                into.AppendInt32(offset);
            }
        }

        foreach (Column child in c.Children)
        {
            WriteColumn(child, into);
        }
    }

    private static Column ReadColumn(Field field, int rows, ref ReadOnlySpan<byte> from)
    {
        byte[] validity = Take(ReadCount(ref from, from.Length), ref from).ToArray();
        byte[] values = Take(ReadCount(ref from, from.Length), ref from).ToArray();
        int width = field.Type.Width();
        if ((validity.Length != 0 && validity.Length != (rows + 7) / 8) || (width > 0 && values.Length != (long)width * rows))
        {
            throw Damaged($"column {field} has {validity.Length} bytes of validity and {values.Length} of values for {rows} rows");
        }

        int[] offsets = [];
        if (field.Type.HasOffsets())
        {
            ReadOnlySpan<byte> raw = Take(checked((int)Math.Min(int.MaxValue, 4L * (rows + 1L))), ref from);
            offsets = new int[rows + 1];
            for (int i = 0; i <= rows; i++)
            {
                offsets[i] = BinaryPrimitives.ReadInt32LittleEndian(raw[(4 * i)..]);
                if (offsets[i] < (i == 0 ? 0 : offsets[i - 1]))
                {
                    throw Damaged($"column {field} has offsets that go back");
                }
            }

            if (field.Type is ColumnType.Text or ColumnType.Binary && offsets[rows] > values.Length)
            {
                throw Damaged($"column {field} has an offset past its values");
            }
        }

        IReadOnlyList<Field> kinds = field.Children ?? [];
        var children = new Column[kinds.Count];
        for (int i = 0; i < children.Length; i++)
        {
            children[i] = ReadColumn(kinds[i], offsets.Length == 0 ? rows : offsets[rows], ref from);
        }

        return new Column(field, rows, validity, values, offsets, children);
    }

    private static void WriteBlob(ReadOnlySpan<byte> bytes, ByteBuffer into)
    {
        into.AppendInt32(bytes.Length);
        into.Append(bytes);
    }

    private static int ReadCount(ref ReadOnlySpan<byte> from, int most)
    {
        int value = ReadInt32(ref from);
        return value >= 0 && value <= most ? value : throw Damaged($"a count of {(uint)value}, at most {most} is possible");
    }

    private static int ReadInt32(ref ReadOnlySpan<byte> from) => BinaryPrimitives.ReadInt32LittleEndian(Take(4, ref from));

    private static ReadOnlySpan<byte> Take(int count, ref ReadOnlySpan<byte> from)
    {
        if (count > from.Length)
        {
            throw Damaged($"{count} bytes are needed, {from.Length} are left");
        }

        ReadOnlySpan<byte> taken = from[..count];
        from = from[count..];
        return taken;
    }

    private static InvalidDataException Damaged(string seen) => new($"[rows] a batch from another process is damaged: {seen}");
}
