using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>The encoded rows of a job's training (or held-out) set: block files in a staging folder, opened for reading by shard.</summary>
public sealed class BlockSet : IDisposable
{
    private readonly BlockFile[] _files;
    private readonly BlockPlan _plan;
    private readonly ShardReader[] _readers;
    private readonly RunPrefetcher? _prefetcher;

    private BlockSet(BlockFile[] files, BlockManifest manifest, BlockPlan plan, (BlockFile File, BlockEntry Entry)[] blocks, bool prefetch)
    {
        _files = files;
        _plan = plan;
        Columns = files[0].Header.Columns;
        DataHash = manifest.DataHash;
        _prefetcher = prefetch ? new RunPrefetcher() : null;
        _readers = new ShardReader[plan.Shards];
        for (int s = 0; s < plan.Shards; s++)
        {
            var mine = new (BlockFile, BlockEntry)[plan.BlocksPerShard];
            for (int i = 0; i < mine.Length; i++)
            {
                mine[i] = blocks[(i * plan.Shards) + s];
            }

            _readers[s] = new ShardReader(s, plan.Shards, mine, _prefetcher);
        }
    }

    /// <summary>Opens the folder and checks the manifest, and that header and index of every file belong to it.</summary>
    /// <param name="store">Where the folder is.</param>
    /// <param name="folder">A folder that a <see cref="BlockWriter"/> finished.</param>
    /// <param name="prefetch">Loads the next blocks on a thread of its own; the rows are the same.</param>
    /// <exception cref="DataException">Missing, malformed, or checksums that differ.</exception>
    public static BlockSet Open(IFileStore store, string folder, bool prefetch = false)
    {
        var manifest = BlockManifest.Read(store, folder);
        var files = new List<BlockFile>();
        try
        {
            BlockSetCheck.Files(store, folder, manifest, files);
            var plan = BlockSetCheck.Plan(folder, manifest);
            return new BlockSet([.. files], manifest, plan, BlockSetCheck.Blocks(folder, plan, files), prefetch);
        }
        catch
        {
            foreach (var file in files)
            {
                file.Dispose();
            }

            throw;
        }
    }

    public IReadOnlyList<EncodedColumn> Columns { get; }

    public long Rows => _plan.Rows;

    public int Shards => _plan.Shards;

    /// <summary>SHA-256 over (id, ordinal) in canonical order, hexadecimal.</summary>
    public string DataHash { get; }

    /// <summary>How the rows were cut.</summary>
    public BlockPlan Plan => _plan;

    /// <summary>ceil(rows / batch).</summary>
    public long StepsPerEpoch(int batch) => _plan.StepsPerEpoch(batch);

    /// <summary>Rows that shard <paramref name="shard"/> brings to a step of an epoch: batch/shards, fewer at its end, 0 after.</summary>
    /// <exception cref="DataException">The number of shards does not divide the batch.</exception>
    public int RowsOfStep(int shard, long step, int batch) => _plan.RowsOfStep(shard, step, batch);

    /// <summary>
    /// Copies the rows of a shard's step into columns (views of (capacity, per row...)) from row <paramref name="firstRow"/> on,
    /// and their canonical numbers. A function of (seed, epoch, step) only. Thread-safe for different shards.
    /// </summary>
    /// <param name="columns">One view per encoded column, or an empty view for a column that is not wanted (varying columns cannot be copied: <see cref="ReadBytes"/>).</param>
    /// <param name="shuffle">False keeps canonical order.</param>
    /// <returns>The number of rows copied.</returns>
    /// <exception cref="DataException">A block is damaged, or the number of shards does not divide the batch.</exception>
    /// <exception cref="ArgumentException">A view has another type or shape than its column, or too few rows.</exception>
    public unsafe int Read(int shard, ulong seed, uint epoch, long step, int batch, bool shuffle, ReadOnlySpan<TensorView> columns, int firstRow, Span<long> rowNumbers)
    {
        int rows = RowsOfStep(shard, step, batch);
        CheckViews(columns, firstRow, rows);
        var reader = _readers[shard];
        long position = step * _plan.RowsPerStep(batch);
        for (int i = 0; i < rows; i++)
        {
            var (block, row) = reader.At(seed, epoch, shuffle, position + i);
            rowNumbers[i] = block.FirstRow + row;
            for (int c = 0; c < columns.Length; c++)
            {
                if (!columns[c].IsEmpty)
                {
                    var value = block.Value(c, row);
                    value.CopyTo(new Span<byte>((byte*)columns[c].Data + ((long)(firstRow + i) * value.Length), value.Length));
                }
            }
        }

        return rows;
    }

    /// <summary>The values of one column, fixed or varying, as bytes: as <see cref="Read"/>, appended to <paramref name="bytes"/>, with the end of each row in <paramref name="ends"/>.</summary>
    public int ReadBytes(int shard, ulong seed, uint epoch, long step, int batch, bool shuffle, int column, ByteBuffer bytes, Span<int> ends)
    {
        int rows = RowsOfStep(shard, step, batch);
        long position = step * _plan.RowsPerStep(batch);
        for (int i = 0; i < rows; i++)
        {
            var (block, row) = _readers[shard].At(seed, epoch, shuffle, position + i);
            bytes.Append(block.Value(column, row));
            ends[i] = bytes.Length;
        }

        return rows;
    }

    /// <summary>Ids and ordinals of all rows in canonical order, read from the files.</summary>
    /// <exception cref="DataException">A block is damaged.</exception>
    public IEnumerable<(RowId Id, uint Ordinal)> RowIds()
    {
        for (int b = 0; b < _plan.Blocks; b++)
        {
            var block = _readers[b % Shards].Load(b / Shards);
            for (int row = 0; row < block.Rows; row++)
            {
                yield return (block.Id(row), block.Ordinal(row));
            }
        }
    }

    public void Dispose()
    {
        _prefetcher?.Dispose();
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private void CheckViews(ReadOnlySpan<TensorView> views, int firstRow, int rows)
    {
        if (views.Length != Columns.Count)
        {
            throw new ArgumentException($"[blocks] {views.Length} views were given for {Columns.Count} columns");
        }

        for (int c = 0; c < views.Length; c++)
        {
            if (views[c].IsEmpty)
            {
                continue;
            }

            var view = views[c];
            if (Columns[c].PerRow is not { } perRow || view.DType != Columns[c].DType || view.Shape.Rank == 0
                || !view.Shape.Dims[1..].SequenceEqual(perRow.Dims) || view.Shape[0] < firstRow + rows)
            {
                throw new ArgumentException($"[blocks] column '{Columns[c].Name}' is {Columns[c].DType} {Columns[c].PerRow?.ToString() ?? "of varying length"} per row; a view of {view.DType} {view.Shape} cannot take rows {firstRow} to {firstRow + rows - 1}");
            }
        }
    }
}
