using System.Buffers.Binary;
using System.Security.Cryptography;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>
/// Cuts rows that arrive in canonical order into the block files of a folder (docs/block-file.md). Holds one block in memory.
/// The folder is readable after <see cref="Finish"/>.
/// </summary>
public sealed class BlockWriter : IDisposable
{
    private readonly IFileStore _store;
    private readonly string _folder;
    private readonly string _fingerprint;
    private readonly IReadOnlyList<EncodedColumn> _columns;
    private readonly ByteBuffer[] _values;
    private readonly ByteBuffer[] _offsets;
    private readonly ByteBuffer _ids = new();
    private readonly ByteBuffer _ordinals = new();
    private readonly ByteBuffer _block = new();
    private readonly ShardFile?[] _open;
    private readonly List<BlockFileEntry>[] _files;
    private readonly DataHash _hash = new();
    private int _number;
    private int _rows;
    private long _written;

    /// <param name="store">Where the folder is.</param>
    /// <param name="folder">A new or empty folder.</param>
    /// <param name="plan">How many rows will come and how they are cut.</param>
    /// <param name="columns">The encoded columns, in the order of a row's bytes.</param>
    /// <param name="fingerprint">Any text that names the encoding: files of another one are refused at reading.</param>
    public BlockWriter(IFileStore store, string folder, BlockPlan plan, IReadOnlyList<EncodedColumn> columns, string fingerprint)
    {
        _store = store;
        _folder = folder;
        _columns = columns;
        _fingerprint = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(fingerprint)));
        Plan = plan;
        _values = new ByteBuffer[columns.Count];
        _offsets = new ByteBuffer[columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            _values[c] = new ByteBuffer();
            _offsets[c] = new ByteBuffer();
        }

        _open = new ShardFile?[plan.Shards];
        _files = new List<BlockFileEntry>[plan.Shards];
        for (int s = 0; s < plan.Shards; s++)
        {
            _files[s] = [];
        }

        store.MakeFolders(folder);
    }

    public BlockPlan Plan { get; }

    /// <summary>Adds the next row in canonical order.</summary>
    /// <param name="id">The row's id.</param>
    /// <param name="ordinal">0, 1, ... among rows with this id.</param>
    /// <param name="row">The encoded columns one after the other: elements, or for a varying column the length as u32 and the bytes.</param>
    public void Add(RowId id, uint ordinal, ReadOnlySpan<byte> row)
    {
        if (_written == Plan.Rows)
        {
            throw new InvalidOperationException($"[blocks] more than the planned {Plan.Rows} rows were added");
        }

        for (int c = 0; c < _columns.Count; c++)
        {
            int length;
            if (_columns[c].PerRow is { } shape)
            {
                length = (int)shape.ElementCount * _columns[c].DType.Size();
            }
            else
            {
                length = BinaryPrimitives.ReadInt32LittleEndian(row);
                row = row[4..];
                _offsets[c].AppendInt32(_values[c].Length);
            }

            _values[c].Append(row[..length]);
            row = row[length..];
        }

        if (!row.IsEmpty)
        {
            throw new ArgumentException($"[blocks] an encoded row has {row.Length} bytes too many", nameof(row));
        }

        id.Write(_ids.Append(RowId.Size));
        _ordinals.AppendInt32((int)ordinal);
        _hash.Add(id, ordinal);
        _rows++;
        _written++;
        if (_rows == Plan.RowsOf(_number))
        {
            EndBlock();
        }
    }

    /// <summary>Writes indexes and manifest; all planned rows must have been added.</summary>
    /// <returns>The data hash, hexadecimal.</returns>
    public string Finish()
    {
        if (_written != Plan.Rows)
        {
            throw new InvalidOperationException($"[blocks] {_written} rows were added, {Plan.Rows} were planned");
        }

        while (_number < Plan.Blocks)
        {
            EndBlock();
        }

        string hash = Convert.ToHexStringLower(_hash.Current());
        for (int s = 0; s < _open.Length; s++)
        {
            Close(s);
        }

        var entries = new List<BlockFileEntry>();
        foreach (var f in _files)
        {
            entries.AddRange(f);
        }

        new BlockManifest(_fingerprint, hash, Plan.Rows, Plan.EncodedBytes, Plan.Shards, entries).Write(_store, _folder);
        return hash;
    }

    public void Dispose()
    {
        foreach (var file in _open)
        {
            file?.Dispose();
        }

        _hash.Dispose();
    }

    private void EndBlock()
    {
        _block.Clear();
        _block.AppendInt32((int)BlockFormat.BlockMagic);
        _block.AppendInt32(_number);
        _block.AppendInt32(_rows);
        _block.AppendInt64(Plan.FirstRowOf(_number));
        for (int c = 0; c < _columns.Count; c++)
        {
            if (_columns[c].PerRow is null)
            {
                _offsets[c].AppendInt32(_values[c].Length);
            }

            _block.AppendInt64(_offsets[c].Length + _values[c].Length);
            _block.Append(_offsets[c].Written);
            _block.Append(_values[c].Written);
            _offsets[c].Clear();
            _values[c].Clear();
        }

        _block.Append(_ids.Written);
        _block.Append(_ordinals.Written);
        uint checksum = Crc32C.Of(_block.Written);
        _block.AppendInt32((int)checksum);
        FileFor(Plan.ShardOf(_number), _block.Length).Write(_number, _rows, _block.Written, checksum);
        _ids.Clear();
        _ordinals.Clear();
        _rows = 0;
        _number++;
    }

    /// <summary>The shard's open file, or the next one when the block would make it too large.</summary>
    private ShardFile FileFor(int shard, long bytes)
    {
        if (_open[shard] is { } full && full.BytesWith(bytes) > BlockFormat.LargestFile)
        {
            Close(shard);
        }

        var file = _open[shard] ??= new ShardFile(_store, _folder, new BlockHeader(_fingerprint, Plan.Shards, shard, _files[shard].Count, _columns));
        return file.BytesWith(bytes) <= BlockFormat.LargestFile
            ? file
            : throw new DataException(DataFault.Input, $"[blocks] {_rows} encoded rows take {bytes} bytes, a block file holds at most {BlockFormat.LargestFile}; make the encoded rows smaller (resize images, shorten texts)");
    }

    private void Close(int shard)
    {
        if (_open[shard] is { } file)
        {
            _files[shard].Add(file.Close());
            _open[shard] = null;
        }
    }
}
