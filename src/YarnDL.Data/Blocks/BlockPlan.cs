namespace YarnDL.Data.Blocks;

/// <summary>
/// How n rows in canonical order are cut: R = clamp(floor(4 MiB * n / all encoded bytes), 64, 65,536) rows per block, k = max(1, ceil(n / (shards * R)))
/// blocks per shard; sizes of the shards * k blocks differ by at most one, larger first; shard s owns the blocks b with b mod shards = s.
/// </summary>
public sealed record BlockPlan
{
    private const long BlockBytes = 4L << 20;

    /// <param name="rows">n, 0 or more.</param>
    /// <param name="encodedBytes">Bytes of all encoded rows, without ids.</param>
    /// <param name="shards">At least 1.</param>
    public BlockPlan(long rows, long encodedBytes, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(encodedBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        Rows = rows;
        EncodedBytes = encodedBytes;
        Shards = shards;
        RowsPerBlock = (int)Int128.Clamp(encodedBytes == 0 ? 65_536 : (Int128)BlockBytes * rows / encodedBytes, 64, 65_536);
        BlocksPerShard = checked((int)Math.Max(1, CeilingDivide(rows, (long)shards * RowsPerBlock)));
        Blocks = checked(shards * BlocksPerShard);
    }

    public long Rows { get; }

    public long EncodedBytes { get; }

    public int Shards { get; }

    /// <summary>R: what a block aims at; the blocks that are cut are no larger.</summary>
    public int RowsPerBlock { get; }

    /// <summary>k.</summary>
    public int BlocksPerShard { get; }

    /// <summary>Shards * k.</summary>
    public int Blocks { get; }

    /// <summary>Rows of block b.</summary>
    public int RowsOf(int block) => (int)(Rows / Blocks) + (block < Rows % Blocks ? 1 : 0);

    /// <summary>Canonical number of the first row of block b.</summary>
    public long FirstRowOf(int block) => (Rows / Blocks * block) + Math.Min(block, Rows % Blocks);

    public int ShardOf(int block) => block % Shards;

    /// <summary>Rows of all blocks of a shard.</summary>
    public long RowsOfShard(int shard)
    {
        long larger = Rows % Blocks;
        long largerHere = larger <= shard ? 0 : CeilingDivide(larger - shard, Shards);
        return (Rows / Blocks * BlocksPerShard) + largerHere;
    }

    /// <summary>ceil(rows / batch).</summary>
    public long StepsPerEpoch(int batch) => CeilingDivide(Rows, batch);

    /// <summary>batch / shards, fewer at the shard's end, then 0.</summary>
    /// <exception cref="DataException">The number of shards does not divide the batch.</exception>
    public int RowsOfStep(int shard, long step, int batch)
    {
        int perStep = RowsPerStep(batch);
        return (int)Math.Clamp(RowsOfShard(shard) - (step * perStep), 0, perStep);
    }

    /// <summary>Rows a full step takes from each shard.</summary>
    /// <exception cref="DataException">The number of shards does not divide the batch.</exception>
    public int RowsPerStep(int batch) => batch > 0 && batch % Shards == 0
        ? batch / Shards
        : throw new DataException(DataFault.Job, $"[blocks] batch {batch} is not divisible by the {Shards} shards these rows were encoded for; take a batch that is");

    private static long CeilingDivide(long a, long b) => (a / b) + (a % b == 0 ? 0 : 1);
}
