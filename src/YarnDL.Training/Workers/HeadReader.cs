using System.Buffers.Binary;
using System.Text;

namespace YarnDL.Training.Workers;

/// <summary>Reads the typed fields of a frame; every length is compared with the bytes there are.</summary>
public sealed class HeadReader(byte[] bytes)
{
    private int _at;

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public bool Flag() => Take(1)[0] switch { 0 => false, 1 => true, _ => throw Malformed("a flag is neither 0 nor 1") };

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public ReadOnlySpan<byte> Bytes() => Take(Count(1));

    public float[] Floats()
    {
        var values = new float[Count(4)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(Take(4));
        }

        return values;
    }

    public double[] Doubles()
    {
        var values = new double[Count(8)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
        }

        return values;
    }

    /// <summary>The length of a list whose items take at least so many bytes.</summary>
    public int Count(int itemBytes)
    {
        int count = Int();
        return count >= 0 && count <= (bytes.Length - _at) / itemBytes ? count : throw Malformed($"a list of {count} items");
    }

    /// <summary>Refuses bytes that nobody asked for.</summary>
    public void End()
    {
        if (_at != bytes.Length)
        {
            throw Malformed($"{bytes.Length - _at} bytes too many");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - _at)
        {
            throw Malformed($"{count} bytes are wanted, {bytes.Length - _at} are left");
        }

        _at += count;
        return bytes.AsSpan(_at - count, count);
    }

    private ProtocolException Malformed(string what) => new($"[worker] a frame is malformed at byte {_at} of its head: {what}");
}
