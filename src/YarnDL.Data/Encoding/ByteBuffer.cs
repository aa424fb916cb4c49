using System.Buffers.Binary;

namespace YarnDL.Data.Encoding;

/// <summary>Bytes that grow at the end and keep their memory when cleared.</summary>
public sealed class ByteBuffer(int capacity = 1024)
{
    private byte[] _bytes = new byte[Math.Max(16, capacity)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A window on bytes already written, for a length that is known later.</summary>
    public Span<byte> At(int offset, int length) => _bytes.AsSpan(0, Length).Slice(offset, length);

    public void Clear() => Length = 0;

    /// <summary>Appends <paramref name="length"/> bytes and returns them to be filled; they hold what was there before.</summary>
    /// <exception cref="OverflowException">More than 2^31-1 bytes in all.</exception>
    public Span<byte> Append(int length)
    {
        int end = checked(Length + length);
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(end, 2L * _bytes.Length)));
        }

        var span = _bytes.AsSpan(Length, length);
        Length = end;
        return span;
    }

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    public void AppendByte(byte value) => Append(1)[0] = value;

    public void AppendInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Append(4), value);

    public void AppendInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Append(8), value);

    /// <summary>Drops everything from <paramref name="length"/> on.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    public byte[] ToArray() => Written.ToArray();
}
