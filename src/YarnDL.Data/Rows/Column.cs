using System.Runtime.InteropServices;

namespace YarnDL.Data.Rows;

/// <summary>
/// One column of a batch in Arrow's buffer layout: validity bits (empty = all valid), values (fixed width, little endian), and for text, binary,
/// lists and maps Rows + 1 offsets into <see cref="Values"/> or the child. Bool is one byte per value. Decimal is 16 bytes.
/// A map has two children of equal length, keys and values.
/// </summary>
public sealed class Column(Field field, int rows, byte[] validity, byte[] values, int[] offsets, Column[] children)
{
    public Field Field { get; } = field;

    public int Rows { get; } = rows;

    public byte[] Validity { get; } = validity;

    public byte[] Values { get; } = values;

    public int[] Offsets { get; } = offsets;

    public Column[] Children { get; } = children;

    public bool IsNull(int row) => Validity.Length > 0 && (Validity[row >> 3] & (1 << (row & 7))) == 0;

    /// <summary>Bytes of a text or binary value.</summary>
    public ReadOnlySpan<byte> Bytes(int row) => Values.AsSpan(Offsets[row], Offsets[row + 1] - Offsets[row]);

    /// <summary>A text value.</summary>
    public string Text(int row) => System.Text.Encoding.UTF8.GetString(Bytes(row));

    /// <summary>Where a list's elements, or a map's entries, lie in the children.</summary>
    public Range Elements(int row) => Offsets[row]..Offsets[row + 1];

    /// <summary>Fixed-width values.</summary>
    public ReadOnlySpan<T> As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Values)[..Rows];

    /// <summary>Rows from .. from+count-1 as a column of their own.</summary>
    public Column Slice(int from, int count)
    {
        if (from == 0 && count == Rows)
        {
            return this;
        }

        byte[] validity = [];
        if (Validity.Length > 0)
        {
            validity = new byte[(count + 7) / 8];
            for (int i = 0; i < count; i++)
            {
                validity[i >> 3] |= (byte)(IsNull(from + i) ? 0 : 1 << (i & 7));
            }
        }

        if (!Field.Type.HasOffsets())
        {
            int width = Field.Type.Width();
            return new Column(Field, count, validity, Values.AsSpan(from * width, count * width).ToArray(), [], Array.ConvertAll(Children, c => c.Slice(from, count)));
        }

        int first = Offsets[from], length = Offsets[from + count] - first;
        int[] offsets = new int[count + 1];
        for (int i = 0; i <= count; i++)
        {
            offsets[i] = Offsets[from + i] - first;
        }

        return Children.Length == 0
            ? new Column(Field, count, validity, Values.AsSpan(first, length).ToArray(), offsets, [])
            : new Column(Field, count, validity, [], offsets, Array.ConvertAll(Children, c => c.Slice(first, length)));
    }

    /// <summary>Bytes of its buffers, children included.</summary>
    public long BufferBytes()
    {
        long sum = Validity.Length + Values.Length + (4L * Offsets.Length);
        foreach (Column child in Children)
        {
            sum += child.BufferBytes();
        }

        return sum;
    }
}
