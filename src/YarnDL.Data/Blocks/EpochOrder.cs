using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>
/// The order of a shard's rows in one epoch: a keyed permutation of its blocks, taken in runs of <see cref="BlocksPerRun"/>, and a keyed permutation
/// of the rows inside each run. A function of (seed, epoch, shard, run) only; docs/block-file.md.
/// </summary>
internal sealed class EpochOrder
{
    public const int BlocksPerRun = 4;

    private readonly int _shard;
    private readonly int _shards;
    private readonly int[] _blocks;
    private readonly long[] _starts;

    /// <param name="rows">Rows of the shard's blocks, by their number within the shard.</param>
    public EpochOrder(int shard, int shards, ulong seed, uint epoch, bool shuffle, ReadOnlySpan<int> rows)
    {
        _shard = shard;
        _shards = shards;
        Seed = seed;
        Epoch = epoch;
        Shuffle = shuffle;
        _blocks = new int[rows.Length];
        if (shuffle)
        {
            Philox.Permute(_blocks, seed, Philox.Purpose(RandomKind.BlockOrder, 0), epoch, shard);
        }
        else
        {
            for (int i = 0; i < _blocks.Length; i++)
            {
                _blocks[i] = i;
            }
        }

        Runs = (rows.Length + BlocksPerRun - 1) / BlocksPerRun;
        _starts = new long[Runs + 1];
        for (int run = 0; run < Runs; run++)
        {
            _starts[run + 1] = _starts[run];
            foreach (int b in BlocksOf(run))
            {
                _starts[run + 1] += rows[b];
            }
        }
    }

    public ulong Seed { get; }

    public uint Epoch { get; }

    public bool Shuffle { get; }

    public int Runs { get; }

    /// <summary>The blocks of a run, by their number within the shard.</summary>
    public ReadOnlySpan<int> BlocksOf(int run) => _blocks.AsSpan(run * BlocksPerRun, Math.Min(BlocksPerRun, _blocks.Length - (run * BlocksPerRun)));

    /// <summary>Position of a run's first row in the shard's epoch.</summary>
    public long StartOf(int run) => _starts[run];

    /// <summary>The run that holds a position.</summary>
    public int RunAt(long position)
    {
        int i = Array.BinarySearch(_starts, position);
        if (i < 0)
        {
            return ~i - 1;
        }

        while (_starts[i + 1] == position)
        {
            i++;
        }

        return i;
    }

    /// <summary>Which of the run's rows (concatenated block by block) comes at each position of the run.</summary>
    public int[] RowsOf(int run)
    {
        int[] order = new int[checked((int)(_starts[run + 1] - _starts[run]))];
        if (Shuffle)
        {
            Philox.Permute(order, Seed, Philox.Purpose(RandomKind.RowOrder, 0), Epoch, ((long)run * _shards) + _shard);
        }
        else
        {
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }
        }

        return order;
    }
}
