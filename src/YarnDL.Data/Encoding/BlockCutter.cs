using YarnDL.Data.Blocks;

namespace YarnDL.Data.Encoding;

/// <summary>Stage 4 over all rows: deals sorted rows to the shards, here or in workers.</summary>
public static class BlockCutter
{
    private const long RowsBetweenReports = 1 << 14;

    /// <summary>Writes all rows into a new folder.</summary>
    /// <param name="rows">In canonical order; told anew for each try.</param>
    /// <param name="shards">Who takes the rows of a shard, and may be lost: its rows are then dealt again. Null: all is written here.</param>
    /// <param name="report">Told the rows written, now and then; may throw to stop.</param>
    /// <returns>The data hash, hexadecimal.</returns>
    /// <exception cref="DataException">Two rows have one key.</exception>
    public static string CutBlocks(Func<SortedRows> rows, CutJob cut, Func<int, IShardRows>? shards = null, Action<long>? report = null)
    {
        var done = new IReadOnlyList<BlockFileEntry>?[cut.Plan.Shards];
        string hash;
        do
        {
            using var sorted = rows();
            using var writer = new BlockWriter(cut, shards is null ? null : s => done[s] is { } files ? new FinishedShard(files) : shards(s));
            Deal(sorted, writer, cut.UniqueIds, report);
            done = writer.FinishShards(out hash);
            for (int s = 0; s < done.Length; s++)
            {
                if (done[s] is null)
                {
                    cut.Discard(s);
                }
            }
        }
        while (Array.Exists(done, f => f is null));

        cut.Complete(done!, hash);
        return hash;
    }

    /// <summary>What is told of two rows with one key, by where they came from.</summary>
    public static DataException RepeatedKey(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => new(DataFault.Input,
        $"[row key] two rows have one key: ({System.Text.Encoding.UTF8.GetString(one)}) and ({System.Text.Encoding.UTF8.GetString(other)}); a row key must be unique; add a column to rowKey, or remove one of the rows");

    private static void Deal(SortedRows rows, BlockWriter writer, bool uniqueIds, Action<long>? report)
    {
        byte[] origin = [];
        long written = 0;
        while (rows.Next())
        {
            if (uniqueIds && rows.Ordinal > 0)
            {
                throw RepeatedKey(origin, rows.Origin);
            }

            writer.Add(rows.Id, rows.Ordinal, rows.Row);
            if (uniqueIds)
            {
                origin = rows.Origin.ToArray();
            }

            if (++written % RowsBetweenReports == 0)
            {
                report?.Invoke(written);
            }
        }

        report?.Invoke(written);
    }

    /// <summary>A shard whose files are there from an earlier try.</summary>
    private sealed class FinishedShard(IReadOnlyList<BlockFileEntry> files) : IShardRows
    {
        public void Add(RowId id, uint ordinal, ReadOnlySpan<byte> row)
        {
        }

        public IReadOnlyList<BlockFileEntry> Finish() => files;

        public void Dispose()
        {
        }
    }
}
