using System.Buffers.Binary;

namespace YarnDL.Digits;

/// <summary>Writes 8-bit grey PNG files with stored (uncompressed) data: the same pixels give the same bytes everywhere.</summary>
internal static class PngWriter
{
    private const int Adler = 65521;
    private const int LargestStored = 65535;

    private static readonly uint[] Crc = MakeCrc();

    /// <summary>The file of (height, width) pixels.</summary>
    public static byte[] Grey(ReadOnlySpan<byte> pixels, int width, int height)
    {
        int raw = (width + 1) * height;
        if (pixels.Length != width * height || raw > LargestStored)
        {
            throw new ArgumentException($"{pixels.Length} pixels are not {width} x {height}, or too many for one stored block");
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;

        // zlib header (deflate, 32 KiB window, no preset), one final stored block with its length and the complement, Adler-32.
        byte[] data = new byte[2 + 5 + raw + 4];
        data[0] = 0x78;
        data[1] = 0x01;
        data[2] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(3), (ushort)raw);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(5), (ushort)~raw);
        Span<byte> lines = data.AsSpan(7, raw);
        for (int y = 0; y < height; y++)
        {
            pixels.Slice(y * width, width).CopyTo(lines[((y * (width + 1)) + 1)..]);
        }

        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(7 + raw), Adler32(lines));
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, data), .. Chunk("IEND"u8, [])];
    }

    /// <summary>Length, name, content, CRC-32 of name and content.</summary>
    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        uint crc = uint.MaxValue;
        foreach (byte v in chunk.AsSpan(4, 4 + content.Length))
        {
            crc = Crc[(crc ^ v) & 0xFF] ^ (crc >> 8);
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), ~crc);
        return chunk;
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint a = 1;
        uint b = 0;
        foreach (byte v in bytes)
        {
            a = (a + v) % Adler;
            b = (b + a) % Adler;
        }

        return (b << 16) | a;
    }

    private static uint[] MakeCrc()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
