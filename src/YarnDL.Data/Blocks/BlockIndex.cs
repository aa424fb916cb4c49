using System.Security.Cryptography;
using YarnDL.Data.Encoding;

namespace YarnDL.Data.Blocks;

/// <summary>Where a block lies in its file.</summary>
internal readonly record struct BlockEntry(int Number, int Rows, long Offset, long Bytes, uint Checksum);

/// <summary>The index at the end of a block file. Layout: docs/block-file.md.</summary>
internal sealed record BlockIndex(IReadOnlyList<BlockEntry> Blocks)
{
    /// <summary>Index and tail; the manifest keeps the SHA-256 of the index.</summary>
    public byte[] ToBytes(long offset, out string sha256)
    {
        var b = new ByteBuffer();
        b.AppendInt32(Blocks.Count);
        foreach (var e in Blocks)
        {
            b.AppendInt32(e.Number);
            b.AppendInt32(e.Rows);
            b.AppendInt64(e.Offset);
            b.AppendInt64(e.Bytes);
            b.AppendInt32((int)e.Checksum);
        }

        int bytes = b.Length;
        uint checksum = Crc32C.Of(b.Written);
        sha256 = Convert.ToHexStringLower(SHA256.HashData(b.Written));
        b.AppendInt64(offset);
        b.AppendInt32(bytes);
        b.AppendInt32((int)checksum);
        b.AppendInt64((long)BlockFormat.TailMagic);
        return b.ToArray();
    }

    /// <summary>Reads an index whose checksum has been compared.</summary>
    /// <exception cref="DataException">Damaged.</exception>
    public static BlockIndex Read(ReadOnlySpan<byte> bytes, string file, long offset, long dataStart)
    {
        var r = new ByteReader(bytes, file, offset);
        var blocks = new BlockEntry[r.Count32("blocks", r.Left / BlockFormat.IndexEntry)];
        for (int i = 0; i < blocks.Length; i++)
        {
            int number = r.Count32("block number", int.MaxValue);
            int count = r.Count32("rows of block", 65_536);
            long at = r.Count64("block offset", offset);
            long length = r.Count64("block bytes", Math.Min(int.MaxValue, offset - at));
            if (at < dataStart || length < BlockFormat.BlockHead + 4)
            {
                throw r.Damaged("block offset", $"of block {number} is {at} with {length} bytes");
            }

            blocks[i] = new BlockEntry(number, count, at, length, r.U32("block checksum"));
        }

        return r.Left == 0 ? new BlockIndex(blocks) : throw r.Damaged("index", $"has {r.Left} bytes too many");
    }
}
