using YarnDL.Data.Encoding;
using YarnDL.Data.Tests.Blocks;

namespace YarnDL.Data.Tests.Encoding;

public sealed class RowSorterTests
{
    private static List<(RowId Id, uint Ordinal, string Row)> Sort(MemoryFileStore store, long limit, IEnumerable<(ulong Id, string Row)> rows, out int runs)
    {
        using var sorter = new RowSorter(store, "sort", limit);
        foreach (var chunk in rows.Chunk(100))
        {
            var part = new RowRecords();
            foreach (var (id, row) in chunk)
            {
                part.Add(new RowId(id, 0), System.Text.Encoding.UTF8.GetBytes(row), []);
            }

            sorter.Add(part);
        }

        runs = sorter.Runs;
        var sorted = new List<(RowId, uint, string)>();
        using (var merged = sorter.Merge())
        {
            while (merged.Next())
            {
                sorted.Add((merged.Id, merged.Ordinal, System.Text.Encoding.UTF8.GetString(merged.Row)));
            }
        }

        return sorted;
    }

    private static IEnumerable<(ulong Id, string Row)> Rows(int count, int turn)
    {
        int[] order = new int[count];
        Tensors.Philox.Permute(order, (ulong)turn, 9, 0, 0);
        return order.Select(i => ((ulong)(i / 3) * 977 % 1009, new string((char)('a' + (i % 2)), 40)));
    }

    [Theory]
    [InlineData(1 << 30, 0)]
    [InlineData(1, 4)]
    public void Rows_come_in_the_order_of_their_ids_however_they_were_added(long limit, int leastRuns)
    {
        var store = new MemoryFileStore();
        var one = Sort(store, limit, Rows(5000, 1), out int runs);
        var other = Sort(new MemoryFileStore(), 1 << 30, Rows(5000, 2), out _);
        Assert.Equal(other, one);
        Assert.True(runs >= leastRuns);
        Assert.Empty(store.Files);
        Assert.Equal(one.OrderBy(r => r.Id).ThenBy(r => r.Row, StringComparer.Ordinal), one);
        Assert.All(one.GroupBy(r => r.Id), g => Assert.Equal(Enumerable.Range(0, g.Count()).Select(i => (uint)i), g.Select(r => r.Ordinal)));
    }

    [Fact]
    public void A_damaged_run_is_a_data_fault()
    {
        var store = new MemoryFileStore();
        using var sorter = new RowSorter(store, "sort", 1);
        for (int i = 0; i < 3000; i++)
        {
            var part = new RowRecords();
            part.Add(new RowId((ulong)i, 0), new byte[50], []);
            sorter.Add(part);
        }

        store.Files["sort/run-00000"] = store.Files["sort/run-00000"][..^1];
        using var merged = sorter.Merge();
        Assert.Throws<DataException>(() =>
        {
            while (merged.Next())
            {
            }
        });
    }
}
