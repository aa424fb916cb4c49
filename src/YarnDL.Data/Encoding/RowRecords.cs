using System.Buffers.Binary;

namespace YarnDL.Data.Encoding;

/// <summary>
/// Encoded rows one after the other: id (16 bytes), length of the row (u32), length of the origin (u32), row, origin. The origin says where a row came from;
/// it is kept only where a repeated key must be named.
/// </summary>
public sealed class RowRecords
{
    internal const int Head = RowId.Size + 8;

    private readonly ByteBuffer _bytes = new();

    public long Rows { get; private set; }

    /// <summary>Bytes of the encoded rows, without ids and origins.</summary>
    public long EncodedBytes { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.Written;

    /// <summary>The memory of the records.</summary>
    public ByteBuffer Buffer => _bytes;

    /// <summary>Appends a record.</summary>
    public void Add(RowId id, ReadOnlySpan<byte> row, ReadOnlySpan<byte> origin)
    {
        id.Write(_bytes.Append(RowId.Size));
        _bytes.AppendInt32(row.Length);
        _bytes.AppendInt32(origin.Length);
        _bytes.Append(row);
        _bytes.Append(origin);
        Rows++;
        EncodedBytes += row.Length;
    }

    /// <summary>Appends records that another process made.</summary>
    /// <exception cref="InvalidDataException">The bytes are not whole records.</exception>
    public void AddAll(ReadOnlySpan<byte> records)
    {
        for (var rest = records; !rest.IsEmpty;)
        {
            long row = rest.Length < Head ? -1 : RowBytes(rest), origin = row < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest[(RowId.Size + 4)..]);
            if (row < 0 || origin < 0 || Head + row + origin > rest.Length)
            {
                throw new InvalidDataException($"[rows] encoded rows of another process are damaged {rest.Length} bytes before their end");
            }

            rest = rest[(int)(Head + row + origin)..];
            Rows++;
            EncodedBytes += row;
        }

        _bytes.Append(records);
    }

    /// <summary>Takes the first record off a span of records.</summary>
    internal static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> records)
    {
        int length = Length(records);
        var record = records[..length];
        records = records[length..];
        return record;
    }

    /// <summary>Bytes of the record at the start of a span.</summary>
    internal static int Length(ReadOnlySpan<byte> record) => checked(Head + RowBytes(record) + BinaryPrimitives.ReadInt32LittleEndian(record[(RowId.Size + 4)..]));

    internal static ReadOnlySpan<byte> Row(ReadOnlySpan<byte> record) => record.Slice(Head, RowBytes(record));

    internal static ReadOnlySpan<byte> Origin(ReadOnlySpan<byte> record) => record[(Head + RowBytes(record))..];

    private static int RowBytes(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record[RowId.Size..]);
}
