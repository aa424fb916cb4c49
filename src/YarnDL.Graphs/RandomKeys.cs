namespace YarnDL.Graphs;

/// <summary>What random numbers of a run are keyed by: seed, epoch and, row by row, the canonical row number and the copy of the row.</summary>
public readonly unsafe struct RandomKeys(ulong seed, uint epoch, long* rowNumbers, byte* copies)
{
    public ulong Seed { get; } = seed;

    public uint Epoch { get; } = epoch;

    /// <summary>Canonical row number of each row of the run; null when nothing random runs.</summary>
    public long* RowNumbers { get; } = rowNumbers;

    /// <summary>Which repeat of the row within the epoch; null means 0.</summary>
    public byte* Copies { get; } = copies;
}
