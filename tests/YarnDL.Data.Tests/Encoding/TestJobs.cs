using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Data.Tests.Blocks;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Encoding;

/// <summary>A table with words, numbers, lists, labels, repeats and nulls, and jobs that encode it.</summary>
internal static class TestJobs
{
    public static FeatureList Features { get; } = new(
        Feature.Numeric("age", "hours").Scaled(NumericScale.Standard),
        Feature.StringIndex("job").IndexUnknown(),
        Feature.Tensor("list", 2),
        Label.Index("label"));

    /// <summary>Rows with a given seed of variety; every seventh row is a repeat of the first.</summary>
    public static ColumnBatch Table(int rows)
    {
        string[] jobs = ["sales", "clerk", "Ärzte", "\U0001F600", "farming", "列", "\uFFFD", "a", "b", "c"];
        int[] n = [.. Enumerable.Range(0, rows).Select(i => i % 7 == 6 ? 0 : i)];
        return Batch(
            Numbers<int>("age", ColumnType.Int32, [.. n.Select(i => (int?)(17 + (i * 31 % 60)))]),
            Numbers<double>("hours", ColumnType.Float64, [.. n.Select(i => (double?)(i * 0.1 * (i % 3 - 1)))]),
            Texts("job", [.. n.Select(i => i % 11 == 10 ? null : jobs[i * i % jobs.Length])]),
            Lists("list", Numbers<float>("e", ColumnType.Float32, [.. n.SelectMany(i => new float?[] { i, -i })]), [.. n.Select(_ => 2)]),
            Numbers<long>("label", ColumnType.Int64, [.. n.Select(i => (long?)(i % 10))]),
            Numbers<long>("_row", ColumnType.Int64, [.. Enumerable.Range(0, rows).Select(i => (long?)i)]));
    }

    /// <summary>The table in batches of a size, after its rows were put in another order.</summary>
    public static IEnumerable<ColumnBatch> Batches(ColumnBatch table, int size, int turn = 0)
    {
        int[] order = [.. Enumerable.Range(0, table.Rows)];
        if (turn > 0)
        {
            Tensors.Philox.Permute(order, (ulong)turn, 1, 0, 0);
        }

        return order.Chunk(size).Select(rows => Take(table, rows));
    }

    public static EncodeJob Job(MemoryFileStore store, Func<IEnumerable<ColumnBatch>> rows) => new()
    {
        Features = Features,
        Rows = rows,
        Shards = 4,
        Store = store,
        Folder = "staging",
        HeldOutFraction = 0.2,
        Inputs = "table 1",
    };

    /// <summary>Every byte of the staging folder, by path.</summary>
    public static SortedDictionary<string, string> Bytes(MemoryFileStore store) =>
        new(store.Files.ToDictionary(f => f.Key, f => Convert.ToHexString(f.Value)), StringComparer.Ordinal);
}
