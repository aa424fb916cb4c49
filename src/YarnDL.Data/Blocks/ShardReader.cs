namespace YarnDL.Data.Blocks;

/// <summary>Reads one shard's rows by their position in an epoch. Holds at most 8 blocks: the run in use, and the next one where prefetch is on.</summary>
internal sealed class ShardReader
{
    private readonly int _shard;
    private readonly int _shards;
    private readonly (BlockFile File, BlockEntry Entry)[] _blocks;
    private readonly RunPrefetcher? _prefetcher;
    private readonly int[] _rows;
    private EpochOrder? _order;
    private BlockRun? _run;
    private RunRequest? _next;

    public ShardReader(int shard, int shards, (BlockFile File, BlockEntry Entry)[] blocks, RunPrefetcher? prefetcher)
    {
        _shard = shard;
        _shards = shards;
        _blocks = blocks;
        _prefetcher = prefetcher;
        _rows = new int[blocks.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            _rows[i] = blocks[i].Entry.Rows;
        }
    }

    /// <summary>The row at a position of an epoch.</summary>
    public (Block Block, int Row) At(ulong seed, uint epoch, bool shuffle, long position)
    {
        if (_order is null || _order.Seed != seed || _order.Epoch != epoch || _order.Shuffle != shuffle)
        {
            _order = new EpochOrder(_shard, _shards, seed, epoch, shuffle, _rows);
        }

        if (_run is null || _run.Order != _order || !_run.Holds(position))
        {
            _run = Take(_order, _order.RunAt(position));
            if (_run.Run + 1 < _order.Runs)
            {
                _next = _prefetcher?.Request(this, _order, _run.Run + 1, _run);
            }
        }

        return _run.At(position);
    }

    /// <summary>Reads one block, by its number within the shard.</summary>
    public Block Load(int block) => _blocks[block].File.Read(_blocks[block].Entry);

    /// <summary>Reads the blocks of a run; those that an earlier run still holds are not read again.</summary>
    public BlockRun Load(EpochOrder order, int run, BlockRun? held)
    {
        var numbers = order.BlocksOf(run);
        var blocks = new Block[numbers.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            foreach (var block in held is null ? [] : held.Blocks)
            {
                if (block.Number == _blocks[numbers[i]].Entry.Number)
                {
                    blocks[i] = block;
                }
            }

            blocks[i] ??= Load(numbers[i]);
        }

        return new BlockRun(order, run, blocks);
    }

    private BlockRun Take(EpochOrder order, int run)
    {
        var next = _next;
        _next = null;
        BlockRun? loaded = next?.Wait();
        return loaded is not null && loaded.Order == order && loaded.Run == run ? loaded : Load(order, run, _run);
    }
}
