using YarnDL.Data.Files;

namespace YarnDL.Data.Blocks;

/// <summary>A block file that is being written.</summary>
internal sealed class ShardFile : IDisposable
{
    private readonly BlockHeader _header;
    private readonly Stream _stream;
    private readonly string _name;
    private readonly List<BlockEntry> _blocks = [];
    private long _length;

    public ShardFile(IFileStore store, string folder, BlockHeader header)
    {
        _header = header;
        _name = BlockFormat.FileName(header.Shard, header.Number);
        _stream = store.Create($"{folder}/{_name}");
        byte[] bytes = header.ToBytes();
        _stream.Write(bytes);
        _length = bytes.Length;
    }

    /// <summary>Bytes of the finished file if one more block came.</summary>
    public long BytesWith(long block) => _length + block + ((_blocks.Count + 1L) * BlockFormat.IndexEntry) + 4 + BlockFormat.Tail;

    /// <summary>Appends a block that ends with its checksum.</summary>
    public void Write(int number, int rows, ReadOnlySpan<byte> block, uint checksum)
    {
        _blocks.Add(new BlockEntry(number, rows, _length, block.Length, checksum));
        _stream.Write(block);
        _length += block.Length;
    }

    /// <summary>Writes the index and makes the file durable.</summary>
    public BlockFileEntry Close()
    {
        byte[] end = new BlockIndex(_blocks).ToBytes(_length, out string hash);
        _stream.Write(end);
        _stream.Dispose();
        return new BlockFileEntry(_name, _header.Shard, _length + end.Length, hash);
    }

    public void Dispose() => _stream.Dispose();
}
