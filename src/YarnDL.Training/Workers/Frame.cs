using System.Buffers.Binary;
using YarnDL.Tensors;

namespace YarnDL.Training.Workers;

/// <summary>
/// A frame of the worker protocol: 20 bytes of header (magic, version, operation, head length u32, tail length u64, little endian), the head with
/// typed fields, the tail with raw vectors. Lengths are compared with limits before a byte is read or allocated.
/// </summary>
/// <param name="Operation">What it is.</param>
/// <param name="Head">The typed fields.</param>
/// <param name="TailBytes">Bytes of vectors that follow in the stream and are still to be read.</param>
public sealed record Frame(Operation Operation, byte[] Head, long TailBytes)
{
    /// <summary>"YDLW".</summary>
    public const uint Magic = 0x574C4459;

    public const ushort Version = 2;

    /// <summary>Longest head before the hello is accepted.</summary>
    public const int HelloLimit = 4096;

    /// <summary>Longest head after it.</summary>
    public const int HeadLimit = 256 << 20;

    private const int HeaderBytes = 20;
    private const int Chunk = 1 << 20;

    /// <summary>Sends a frame; the tails are sent one after the other from where they lie.</summary>
    public static unsafe void Send(Stream stream, Operation operation, HeadWriter head, params ReadOnlySpan<TensorView> tails)
    {
        ulong tail = 0;
        foreach (TensorView t in tails)
        {
            tail += (ulong)(t.Count * t.DType.Size());
        }

        ReadOnlySpan<byte> fields = head.Written;
        var start = new byte[HeaderBytes + fields.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(start, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(6), (ushort)operation);
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(8), (uint)fields.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(start.AsSpan(12), tail);
        fields.CopyTo(start.AsSpan(HeaderBytes));
        stream.Write(start);
        foreach (TensorView t in tails)
        {
            long bytes = t.Count * t.DType.Size();
            for (long at = 0; at < bytes; at += Chunk)
            {
                stream.Write(new ReadOnlySpan<byte>((byte*)t.Data + at, (int)Math.Min(Chunk, bytes - at)));
            }
        }

        stream.Flush();
    }

    /// <summary>Reads header and head.</summary>
    /// <exception cref="ProtocolException">Not a frame of this version, or longer than allowed.</exception>
    /// <exception cref="EndOfStreamException">The other side is gone.</exception>
    public static Frame Receive(Stream stream, int headLimit, long tailLimit)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        stream.ReadExactly(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic)
        {
            throw new ProtocolException("[worker] the bytes are not a frame: the magic differs");
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        if (version != Version)
        {
            throw new ProtocolException($"[worker] the other side speaks version {version}, this one {Version}; driver and workers must be of one release");
        }

        ushort operation = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        uint head = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        ulong tail = BinaryPrimitives.ReadUInt64LittleEndian(header[12..]);
        if (!Enum.IsDefined((Operation)operation) || head > headLimit || tail > (ulong)tailLimit)
        {
            throw new ProtocolException($"[worker] operation {operation} with {head} + {tail} bytes; operations are a closed list, and at most {headLimit} + {tailLimit} bytes are due here");
        }

        return new Frame((Operation)operation, ReadHead(stream, (int)head), (long)tail);
    }

    /// <summary>Reads the next vector of a tail into memory that is there.</summary>
    public static unsafe void ReadTail(Stream stream, TensorView into)
    {
        long bytes = into.Count * into.DType.Size();
        for (long at = 0; at < bytes; at += Chunk)
        {
            stream.ReadExactly(new Span<byte>((byte*)into.Data + at, (int)Math.Min(Chunk, bytes - at)));
        }
    }

    /// <summary>Grows as bytes come: a length that is a lie costs nothing.</summary>
    private static byte[] ReadHead(Stream stream, int length)
    {
        var head = new byte[Math.Min(length, Chunk)];
        int at = 0;
        while (at < length)
        {
            if (at == head.Length)
            {
                Array.Resize(ref head, (int)Math.Min(length, 2L * head.Length));
            }

            stream.ReadExactly(head.AsSpan(at));
            at = head.Length;
        }

        return head;
    }
}
