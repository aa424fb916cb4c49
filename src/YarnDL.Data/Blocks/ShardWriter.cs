using System.Security.Cryptography;
using YarnDL.Data.Encoding;

namespace YarnDL.Data.Blocks;

/// <summary>Stage 4 for one shard: cuts its rows, which arrive in canonical order, into its blocks and writes its files (docs/block-file.md).</summary>
public sealed class ShardWriter : IShardRows
{
    private readonly CutJob _cut;
    private readonly string _folder;
    private readonly int _shard;
    private readonly string _fingerprint;
    private readonly BlockBuilder _builder;
    private readonly List<BlockFileEntry> _files = [];
    private ShardFile? _open;
    private int _number;

    /// <param name="cut">Where the files go and how rows are cut.</param>
    /// <param name="shard">Which one.</param>
    /// <param name="part">Folder below the job's for the files of this try; empty: the job's own.</param>
    public ShardWriter(CutJob cut, int shard, string part = "")
        : this(cut, shard, part, new BlockBuilder(cut.Columns))
    {
    }

    /// <param name="builder">Used by one shard at a time; with canonical order over all shards one serves all.</param>
    internal ShardWriter(CutJob cut, int shard, string part, BlockBuilder builder)
    {
        _cut = cut;
        _folder = part.Length == 0 ? cut.Folder : $"{cut.Folder}/{part}";
        _shard = _number = shard;
        _builder = builder;
        _fingerprint = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(cut.Fingerprint)));
    }

    public void Add(RowId id, uint ordinal, ReadOnlySpan<byte> row)
    {
        if (_number >= _cut.Plan.Blocks)
        {
            throw new InvalidOperationException($"[blocks] more rows than the planned {_cut.Plan.RowsOfShard(_shard)} were added to shard {_shard}");
        }

        _builder.Add(id, ordinal, row);
        if (_builder.Rows == _cut.Plan.RowsOf(_number))
        {
            EndBlock();
        }
    }

    public IReadOnlyList<BlockFileEntry> Finish()
    {
        while (_number < _cut.Plan.Blocks)
        {
            if (_cut.Plan.RowsOf(_number) != _builder.Rows)
            {
                throw new InvalidOperationException($"[blocks] block {_number} has {_builder.Rows} rows, {_cut.Plan.RowsOf(_number)} were planned");
            }

            EndBlock();
        }

        Close();
        return _files;
    }

    public void Dispose() => _open?.Dispose();

    private void EndBlock()
    {
        int rows = _builder.Rows;
        var block = _builder.Build(_number, _cut.Plan.FirstRowOf(_number), out uint checksum);
        FileFor(rows, block.Length).Write(_number, rows, block, checksum);
        _number += _cut.Plan.Shards;
    }

    /// <summary>The open file, or the next one when the block would make it too large.</summary>
    private ShardFile FileFor(int rows, long bytes)
    {
        if (_open is { } full && full.BytesWith(bytes) > BlockFormat.LargestFile)
        {
            Close();
        }

        _open ??= new ShardFile(_cut.Store, _folder, new BlockHeader(_fingerprint, _cut.Plan.Shards, _shard, _files.Count, _cut.Columns));
        return _open.BytesWith(bytes) <= BlockFormat.LargestFile
            ? _open
            : throw new DataException(DataFault.Input, $"[blocks] {rows} encoded rows take {bytes} bytes, a block file holds at most {BlockFormat.LargestFile}; make the encoded rows smaller (resize images, shorten texts)");
    }

    private void Close()
    {
        if (_open is not null)
        {
            _files.Add(_open.Close());
            _open = null;
        }
    }

    IReadOnlyList<BlockFileEntry>? IShardRows.Finish() => Finish();
}
