namespace YarnDL.Data.Blocks;

/// <summary>A run of up to four blocks in memory, with the order of its rows.</summary>
internal sealed class BlockRun
{
    private readonly Block[] _blocks;
    private readonly int[] _order;
    private readonly long _start;

    public BlockRun(EpochOrder order, int run, Block[] blocks)
    {
        Order = order;
        Run = run;
        _blocks = blocks;
        _start = order.StartOf(run);
        _order = order.RowsOf(run);
    }

    public EpochOrder Order { get; }

    public int Run { get; }

    public ReadOnlySpan<Block> Blocks => _blocks;

    public bool Holds(long position) => position >= _start && position - _start < _order.Length;

    /// <summary>The row at a position of the shard's epoch.</summary>
    public (Block Block, int Row) At(long position)
    {
        int row = _order[(int)(position - _start)];
        int b = 0;
        while (row >= _blocks[b].Rows)
        {
            row -= _blocks[b].Rows;
            b++;
        }

        return (_blocks[b], row);
    }
}
