using YarnDL.Data.Encoding;
using YarnDL.Data.Files;

namespace YarnDL.Data.Blocks;

/// <summary>
/// Deals rows that arrive in canonical order to the shards that write the block files of a folder (docs/block-file.md). The folder is readable after
/// <see cref="Finish"/>.
/// </summary>
public sealed class BlockWriter : IDisposable
{
    private readonly CutJob _cut;
    private readonly IShardRows[] _shards;
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
        : this(new CutJob(store, folder, plan, columns, fingerprint))
    {
    }

    /// <param name="cut">What is written.</param>
    /// <param name="shards">Who takes the rows of a shard; null: they are written here, with one block in memory.</param>
    public BlockWriter(CutJob cut, Func<int, IShardRows>? shards = null)
    {
        _cut = cut;
        cut.Store.MakeFolders(cut.Folder);
        var builder = shards is null ? new BlockBuilder(cut.Columns) : null;
        _shards = new IShardRows[cut.Plan.Shards];
        for (int s = 0; s < _shards.Length; s++)
        {
            _shards[s] = shards?.Invoke(s) ?? new ShardWriter(cut, s, "", builder!);
        }
    }

    public BlockPlan Plan => _cut.Plan;

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

        _shards[Plan.ShardOf(_number)].Add(id, ordinal, row);
        _hash.Add(id, ordinal);
        _written++;
        if (++_rows == Plan.RowsOf(_number))
        {
            _rows = 0;
            _number++;
        }
    }

    /// <summary>Writes indexes and manifest; all planned rows must have been added.</summary>
    /// <returns>The data hash, hexadecimal.</returns>
    public string Finish()
    {
        var files = FinishShards(out string hash);
        _cut.Complete(Array.ConvertAll(files, f => f ?? throw new InvalidOperationException("[blocks] a shard's files were lost")), hash);
        return hash;
    }

    /// <summary>Ends the shards' files without a manifest.</summary>
    /// <param name="hash">The data hash, hexadecimal.</param>
    /// <returns>The files of each shard; null where they were lost.</returns>
    public IReadOnlyList<BlockFileEntry>?[] FinishShards(out string hash)
    {
        if (_written != Plan.Rows)
        {
            throw new InvalidOperationException($"[blocks] {_written} rows were added, {Plan.Rows} were planned");
        }

        hash = Convert.ToHexStringLower(_hash.Current());
        return Array.ConvertAll(_shards, s => s.Finish());
    }

    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }

        _hash.Dispose();
    }
}
