using System.Buffers.Binary;
using YarnDL.Data.Encoding;
using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>The head of a block file: which encoding and shard it belongs to, and the columns. Layout: docs/block-file.md.</summary>
internal sealed record BlockHeader(string Fingerprint, int Shards, int Shard, int Number, IReadOnlyList<EncodedColumn> Columns)
{
    private const int LargestRank = 16;

    /// <summary>Magic, version, length of the whole header, body, checksum.</summary>
    public byte[] ToBytes()
    {
        var b = new ByteBuffer();
        b.AppendInt64((long)BlockFormat.HeadMagic);
        b.AppendInt32((int)BlockFormat.Version);
        b.AppendInt32(0);
        b.Append(Convert.FromHexString(Fingerprint));
        b.AppendInt32(Shards);
        b.AppendInt32(Shard);
        b.AppendInt32(Number);
        b.AppendInt32(Columns.Count);
        foreach (var c in Columns)
        {
            byte[] name = System.Text.Encoding.UTF8.GetBytes(c.Name);
            b.AppendInt32(name.Length);
            b.Append(name);
            b.AppendByte((byte)c.DType);
            b.AppendByte(c.PerRow is null ? (byte)1 : (byte)0);
            b.AppendInt32(c.PerRow?.Rank ?? 0);
            for (int i = 0; i < (c.PerRow?.Rank ?? 0); i++)
            {
                b.AppendInt64(c.PerRow!.Value[i]);
            }
        }

        BinaryPrimitives.WriteInt32LittleEndian(b.At(12, 4), b.Length + 4);
        b.AppendInt32((int)Crc32C.Of(b.Written));
        return b.ToArray();
    }

    /// <summary>Reads a header from all of its bytes.</summary>
    /// <exception cref="DataException">Not a block file, a newer version, or damaged.</exception>
    public static BlockHeader Read(ReadOnlySpan<byte> bytes, string file)
    {
        if (bytes.Length < 20 || Crc32C.Of(bytes[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]))
        {
            throw BlockFaults.Damaged(file, 0, "header", "does not match its checksum");
        }

        var r = new ByteReader(bytes[..^4], file, 0);
        r.Take(16, "head");
        string fingerprint = Convert.ToHexStringLower(r.Take(32, "fingerprint"));
        int shards = r.Count32("shards", 1 << 20);
        int shard = r.Count32("shard", shards - 1);
        int number = r.Count32("file number", 1 << 20);
        var columns = new EncodedColumn[r.Count32("columns", r.Left / 10)];
        for (int i = 0; i < columns.Length; i++)
        {
            string name = System.Text.Encoding.UTF8.GetString(r.Take(r.Count32("name length", r.Left), "name"));
            var type = (DType)r.U8("element type");
            if (!Enum.IsDefined(type))
            {
                throw r.Damaged("element type", $"of column '{name}' is {(byte)type}");
            }

            bool varying = r.U8("kind") == 1;
            long[] dims = new long[r.Count32("rank", LargestRank)];
            long most = int.MaxValue / type.Size();
            for (int d = 0; d < dims.Length; d++)
            {
                dims[d] = r.Count64("extent", most);
                most /= Math.Max(1, dims[d]);
            }

            columns[i] = new EncodedColumn(name, type, varying ? null : new Shape(dims));
        }

        return new BlockHeader(fingerprint, shards, shard, number, columns);
    }
}
