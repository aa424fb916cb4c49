using System.Buffers.Binary;
using YarnDL.Data.Encoding;

namespace YarnDL.Spark.Bridge;

/// <summary>Texts and numbers in requests and replies.</summary>
internal static class RequestFields
{
    /// <summary>UTF-8, its length in front.</summary>
    public static ByteBuffer Text(this ByteBuffer into, string text)
    {
        int count = System.Text.Encoding.UTF8.GetByteCount(text);
        into.AppendInt32(count);
        System.Text.Encoding.UTF8.GetBytes(text, into.Append(count));
        return into;
    }

    public static string TakeText(ref ReadOnlySpan<byte> from)
    {
        int count = TakeInt32(ref from);
        string text = System.Text.Encoding.UTF8.GetString(from[..count]);
        from = from[count..];
        return text;
    }

    public static byte TakeByte(ref ReadOnlySpan<byte> from)
    {
        byte value = from[0];
        from = from[1..];
        return value;
    }

    public static int TakeInt32(ref ReadOnlySpan<byte> from)
    {
        int value = BinaryPrimitives.ReadInt32LittleEndian(from);
        from = from[4..];
        return value;
    }

    public static long TakeInt64(ref ReadOnlySpan<byte> from)
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(from);
        from = from[8..];
        return value;
    }
}
