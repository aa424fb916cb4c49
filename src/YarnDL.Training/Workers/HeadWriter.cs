using System.Buffers.Binary;
using System.Text;
using YarnDL.Data.Encoding;

namespace YarnDL.Training.Workers;

/// <summary>Writes the typed fields of a frame: little endian; text and lists with a u32 length before them.</summary>
public sealed class HeadWriter
{
    private readonly ByteBuffer _bytes = new(256);

    public ReadOnlySpan<byte> Written => _bytes.Written;

    public HeadWriter Int(int value)
    {
        _bytes.AppendInt32(value);
        return this;
    }

    public HeadWriter Long(long value)
    {
        _bytes.AppendInt64(value);
        return this;
    }

    public HeadWriter Flag(bool value)
    {
        _bytes.AppendByte(value ? (byte)1 : (byte)0);
        return this;
    }

    public HeadWriter Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    public HeadWriter Bytes(ReadOnlySpan<byte> value)
    {
        _bytes.AppendInt32(value.Length);
        _bytes.Append(value);
        return this;
    }

    public HeadWriter Floats(IReadOnlyList<float> values)
    {
        _bytes.AppendInt32(values.Count);
        foreach (float v in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(_bytes.Append(4), v);
        }

        return this;
    }

    public HeadWriter Doubles(double[] values)
    {
        _bytes.AppendInt32(values.Length);
        foreach (double v in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.Append(8), v);
        }

        return this;
    }

    /// <summary>Bytes that are written in place, with their length before them.</summary>
    public HeadWriter Blob(Action<ByteBuffer> write)
    {
        int at = _bytes.Length;
        _bytes.AppendInt32(0);
        write(_bytes);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.At(at, 4), _bytes.Length - at - 4);
        return this;
    }
}
