using System.Buffers.Binary;
using System.Security.Cryptography;
using YarnDL.Data.Files;

namespace YarnDL.Data.Blocks;

/// <summary>A block file opened for reading: header and index are checked at once, each block when it is read. Thread-safe.</summary>
internal sealed class BlockFile : IDisposable
{
    private readonly Stream _stream;
    private readonly Lock _gate = new();

    /// <exception cref="DataException">Missing, not a block file, a newer version, or damaged.</exception>
    public BlockFile(IFileStore store, string path)
    {
        Path = path;
        _stream = Open(store, path);
        try
        {
            long length = _stream.Length;
            byte[] head = ReadAt(0, 16, length, "header");
            if (BinaryPrimitives.ReadUInt64LittleEndian(head) != BlockFormat.HeadMagic)
            {
                throw BlockFaults.Damaged(path, 0, "magic", "is not that of a block file");
            }

            uint version = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8));
            if (version is 0 or > BlockFormat.Version)
            {
                throw new DataException(DataFault.Input, $"[blocks] {path} has format version {version}, this release reads 1 to {BlockFormat.Version}; use the release that wrote it, or delete the staging folder so that the rows are encoded again");
            }

            uint headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(12));
            if (headerBytes is < 20 or > BlockFormat.LargestHeader)
            {
                throw BlockFaults.Damaged(path, 12, "header length", $"is {headerBytes}");
            }

            Header = BlockHeader.Read(ReadAt(0, (int)headerBytes, length, "header"), path);
            Index = ReadIndex(length, headerBytes);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public BlockHeader Header { get; }

    public BlockIndex Index { get; }

    /// <summary>SHA-256 of the index, which holds the checksums of all blocks.</summary>
    public string IndexHash { get; private set; } = "";

    /// <summary>Reads and checks one block.</summary>
    /// <exception cref="DataException">Damaged.</exception>
    public Block Read(BlockEntry entry)
    {
        byte[] bytes = ReadAt(entry.Offset, (int)entry.Bytes, long.MaxValue, "block");
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4));
        if (stored != entry.Checksum || Crc32C.Of(bytes.AsSpan(0, bytes.Length - 4)) != stored)
        {
            throw BlockFaults.Damaged(Path, entry.Offset, $"block {entry.Number}", "does not match its checksum");
        }

        return new Block(bytes, Header.Columns, Path, entry);
    }

    public void Dispose() => _stream.Dispose();

    private BlockIndex ReadIndex(long length, long headerBytes)
    {
        if (length < headerBytes + BlockFormat.Tail)
        {
            throw BlockFaults.Damaged(Path, length, "end", "is missing");
        }

        byte[] tail = ReadAt(length - BlockFormat.Tail, BlockFormat.Tail, length, "end");
        ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(tail);
        uint bytes = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(8));
        if (BinaryPrimitives.ReadUInt64LittleEndian(tail.AsSpan(16)) != BlockFormat.TailMagic)
        {
            throw BlockFaults.Damaged(Path, length - 8, "end", "has no end mark");
        }

        if (offset < (ulong)headerBytes || offset > (ulong)length || offset + bytes != (ulong)(length - BlockFormat.Tail))
        {
            throw BlockFaults.Damaged(Path, length - BlockFormat.Tail, "index offset", $"is {offset} with {bytes} bytes in a file of {length}");
        }

        if (bytes > BlockFormat.LargestFile)
        {
            throw BlockFaults.Damaged(Path, length - 16, "index length", $"is {bytes}");
        }

        byte[] index = ReadAt((long)offset, (int)bytes, length, "index");
        IndexHash = Convert.ToHexStringLower(SHA256.HashData(index));
        return Crc32C.Of(index) == BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(12))
            ? BlockIndex.Read(index, Path, (long)offset, headerBytes)
            : throw BlockFaults.Damaged(Path, (long)offset, "index", "does not match its checksum");
    }

    private byte[] ReadAt(long offset, int count, long length, string field)
    {
        if (offset + count > length)
        {
            throw BlockFaults.Damaged(Path, offset, field, $"needs {count} bytes, the file has {length}");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(count);
        lock (_gate)
        {
            _stream.Position = offset;
            if (_stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count)
            {
                throw BlockFaults.Damaged(Path, offset, field, $"needs {count} bytes, the file ends earlier");
            }
        }

        return bytes;
    }

    private static Stream Open(IFileStore store, string path)
    {
        try
        {
            return store.OpenRead(path);
        }
        catch (FileStoreException e) when (e.Fault == FileStoreFault.Missing)
        {
            throw new DataException(DataFault.Input, $"[blocks] {path} is missing though the manifest names it; delete the staging folder so that the rows are encoded again", e);
        }
    }
}
