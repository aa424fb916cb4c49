using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Tensors;
using static YarnDL.Data.Tests.Blocks.TestBlocks;

namespace YarnDL.Data.Tests.Blocks;

public sealed class BlockSetTests
{
    private const long ManyBlocks = (4 << 20) / 64;

    [Theory]
    [InlineData(0, 0, 1, 65_536, 1)]
    [InlineData(1000, 0, 4, 65_536, 1)]
    [InlineData(1000, 4_000, 4, 65_536, 1)]
    [InlineData(60_000, 60_000L * 3136, 4, 1337, 12)]
    [InlineData(60_000, 60_000L * 1_000_000, 1, 64, 938)]
    public void Rows_per_block_and_blocks_per_shard_follow_the_rule(long rows, long bytes, int shards, int perBlock, int perShard)
    {
        var plan = new BlockPlan(rows, bytes, shards);
        Assert.Equal(perBlock, plan.RowsPerBlock);
        Assert.Equal(perShard, plan.BlocksPerShard);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(1000, 1)]
    [InlineData(1001, 4)]
    [InlineData(4099, 8)]
    public void Blocks_differ_by_at_most_one_row_the_larger_first(long rows, int shards)
    {
        var plan = new BlockPlan(rows, rows * ManyBlocks, shards);
        long next = 0;
        long[] perShard = new long[shards];
        for (int b = 0; b < plan.Blocks; b++)
        {
            Assert.Equal(next, plan.FirstRowOf(b));
            next += plan.RowsOf(b);
            perShard[b % shards] += plan.RowsOf(b);
            Assert.True(b == 0 || plan.RowsOf(b - 1) - plan.RowsOf(b) is 0 or 1);
        }

        Assert.Equal(rows, next);
        Assert.True(plan.RowsOf(0) - plan.RowsOf(plan.Blocks - 1) <= 1);
        Assert.Equal(perShard, Enumerable.Range(0, shards).Select(plan.RowsOfShard));
    }

    [Theory]
    [InlineData(1000, 1, 32, true)]
    [InlineData(1000, 4, 32, true)]
    [InlineData(1003, 4, 64, false)]
    [InlineData(777, 8, 8, true)]
    [InlineData(5, 8, 16, true)]
    public void Every_row_comes_exactly_once_per_epoch(int rows, int shards, int batch, bool shuffle)
    {
        var store = new MemoryFileStore();
        Write(store, "train", rows, shards, ManyBlocks);
        using var set = BlockSet.Open(store, "train");
        for (uint epoch = 0; epoch < 3; epoch++)
        {
            var read = ReadEpoch(set, 42, epoch, batch, shuffle);
            Assert.Equal(Enumerable.Range(0, rows).Select(i => (long)i), read.SelectMany(r => r).Order());
            Assert.All(read, r => Assert.True(r.Length <= batch));
        }
    }

    [Fact]
    public void The_last_step_is_short_and_a_shard_that_has_run_out_is_empty()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 9, 4);
        using var set = BlockSet.Open(store, "train");
        Assert.Equal(2, set.StepsPerEpoch(8));
        Assert.Equal([2, 2, 2, 2], Enumerable.Range(0, 4).Select(s => set.RowsOfStep(s, 0, 8)));
        Assert.Equal([1, 0, 0, 0], Enumerable.Range(0, 4).Select(s => set.RowsOfStep(s, 1, 8)));
        Assert.Equal(0, set.RowsOfStep(0, 2, 8));
        Assert.Equal(0, set.Read(3, 1, 0, 1, 8, true, [default, default, default], 0, []));
    }

    [Fact]
    public void Without_shuffle_each_shard_keeps_canonical_order()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 1000, 4, ManyBlocks);
        using var set = BlockSet.Open(store, "train");
        for (int s = 0; s < 4; s++)
        {
            var rows = ReadShard(set, s, 7, 0, false);
            Assert.Equal(rows.Order(), rows);
        }
    }

    [Fact]
    public void Epochs_and_seeds_have_their_own_orders()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 1000, 2, ManyBlocks);
        using var set = BlockSet.Open(store, "train");
        long[] first = [.. ReadEpoch(set, 42, 0, 32, true).SelectMany(r => r)];
        Assert.NotEqual(first, ReadEpoch(set, 42, 1, 32, true).SelectMany(r => r));
        Assert.NotEqual(first, ReadEpoch(set, 43, 0, 32, true).SelectMany(r => r));
        Assert.Equal(first, ReadEpoch(set, 42, 0, 32, true).SelectMany(r => r));
        Assert.NotEqual(first, first.Order());
    }

    [Fact]
    public void The_order_is_the_documented_one()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 700, 2, ManyBlocks);
        using var set = BlockSet.Open(store, "train");
        int k = set.Plan.BlocksPerShard;
        Assert.Equal(6, k);
        var expected = new List<long>();
        int[] blocks = new int[k];
        Philox.Permute(blocks, 42, 0x30000, 5, 1);
        for (int run = 0; run * 4 < k; run++)
        {
            var rows = new List<long>();
            foreach (int b in blocks.Skip(run * 4).Take(4))
            {
                int number = (b * 2) + 1;
                rows.AddRange(Enumerable.Range(0, set.Plan.RowsOf(number)).Select(i => set.Plan.FirstRowOf(number) + i));
            }

            int[] order = new int[rows.Count];
            Philox.Permute(order, 42, 0x40000, 5, (run * 2) + 1);
            expected.AddRange(order.Select(i => rows[i]));
        }

        Assert.Equal(expected, ReadShard(set, 1, 42, 5, true));
    }

    [Fact]
    public void A_step_depends_on_seed_epoch_and_step_only()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 1000, 2, ManyBlocks);
        using var set = BlockSet.Open(store, "train");
        var epoch = ReadEpoch(set, 42, 3, 32, true);
        ReadEpoch(set, 1, 1, 64, true);
        using var late = BlockSet.Open(store, "train");
        Assert.Equal(epoch.Skip(20), ReadEpoch(late, 42, 3, 32, true, firstStep: 20));
    }

    [Fact]
    public void Prefetch_changes_no_row()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 1500, 2, ManyBlocks);
        using var plain = BlockSet.Open(store, "train");
        using var ahead = BlockSet.Open(store, "train", prefetch: true);
        for (uint epoch = 0; epoch < 2; epoch++)
        {
            Assert.Equal(ReadEpoch(plain, 42, epoch, 32, true), ReadEpoch(ahead, 42, epoch, 32, true));
        }

        Assert.Equal(ReadEpoch(plain, 42, 0, 32, true, 17), ReadEpoch(ahead, 42, 0, 32, true, 17));
    }

    [Fact]
    public void Damage_found_by_the_prefetch_thread_reaches_the_reader()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 1500, 1, ManyBlocks);
        using var set = BlockSet.Open(store, "train", prefetch: true);
        byte[] file = store.Files["train/shard-00000-00000.blocks"];
        for (int i = 600; i < file.Length - 2000; i += 100)
        {
            file[i] ^= 1;
        }

        Assert.Throws<DataException>(() => ReadEpoch(set, 42, 0, 32, true));
    }

    [Fact]
    public void Ids_and_ordinals_are_kept_in_canonical_order()
    {
        var store = new MemoryFileStore();
        string hash = Write(store, "train", 300, 2, ManyBlocks);
        using var set = BlockSet.Open(store, "train");
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (Id(i), (uint)(i % 2))), set.RowIds());
        using var again = new DataHash();
        foreach (var (id, ordinal) in set.RowIds())
        {
            again.Add(id, ordinal);
        }

        Assert.Equal(hash, Convert.ToHexStringLower(again.Current()));
        Assert.Equal(hash, set.DataHash);
    }

    [Fact]
    public void A_batch_that_the_shards_do_not_divide_is_refused()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 10, 4);
        using var set = BlockSet.Open(store, "train");
        var e = Assert.Throws<DataException>(() => set.RowsOfStep(0, 0, 6));
        Assert.Equal(DataFault.Job, e.Fault);
    }

    [Fact]
    public void A_view_of_another_shape_or_type_is_refused()
    {
        var store = new MemoryFileStore();
        Write(store, "train", 10, 1);
        using var set = BlockSet.Open(store, "train");
        using var numbers = new Tensor(DType.Int64, new Shape(8));
        using var wrongShape = new Tensor(DType.Float32, new Shape(8, 3));
        using var wrongType = new Tensor(DType.Int32, new Shape(8));
        long[] rows = new long[8];
        Assert.Throws<ArgumentException>(() => set.Read(0, 1, 0, 0, 8, true, [numbers.View, wrongShape.View, default], 0, rows));
        Assert.Throws<ArgumentException>(() => set.Read(0, 1, 0, 0, 8, true, [wrongType.View, default, default], 0, rows));
        Assert.Throws<ArgumentException>(() => set.Read(0, 1, 0, 0, 8, true, [numbers.View, default, default], 1, rows));
        Assert.Throws<ArgumentException>(() => set.Read(0, 1, 0, 0, 8, true, [default, default, numbers.View], 0, rows));
    }

    private static List<long> ReadShard(BlockSet set, int shard, ulong seed, uint epoch, bool shuffle)
    {
        var all = new List<long>();
        long[] rows = new long[64];
        for (long step = 0; step < set.StepsPerEpoch(64); step++)
        {
            int n = set.Read(shard, seed, epoch, step, 64, shuffle, [default, default, default], 0, rows);
            all.AddRange(rows[..n]);
        }

        return all;
    }
}
