using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Tests.Steps;

public sealed class ShardTreeTests
{
    [Theory]
    [InlineData(32, 0, 1)]
    [InlineData(128, 0, 4)]
    [InlineData(100, 0, 2)]
    [InlineData(4096, 0, 64)]
    [InlineData(100_000, 0, 32)]
    [InlineData(7, 0, 1)]
    [InlineData(64, 8, 8)]
    [InlineData(64, 64, 64)]
    public void Shards_follow_the_batch_or_the_request(int batch, int requested, int expected) => Assert.Equal(expected, ShardRule.Shards(batch, requested));

    [Theory]
    [InlineData(64, 3)]
    [InlineData(60, 8)]
    [InlineData(64, -1)]
    [InlineData(0, 0)]
    [InlineData(64, 128)]
    public void Shards_that_do_not_divide_the_batch_are_an_error_of_the_job(int batch, int requested) =>
        Assert.Equal(TrainingFault.Job, Assert.Throws<TrainingException>(() => ShardRule.Shards(batch, requested)).Fault);

    [Fact]
    public void Any_range_is_cut_into_aligned_nodes_that_cover_it_once()
    {
        for (int first = 0; first < 32; first++)
        {
            for (int count = 1; count <= 32 - first; count++)
            {
                Subtree[] nodes = ShardTree.Cut(new ShardRange(first, count));
                Assert.All(nodes, n => Assert.True(System.Numerics.BitOperations.IsPow2(n.Size) && n.First % n.Size == 0));
                Assert.Equal(Enumerable.Range(first, count), nodes.SelectMany(n => Enumerable.Range(n.First, n.Size)));
                Assert.True(nodes.Length <= 8);
            }
        }

        Assert.Single(ShardTree.Cut(new ShardRange(0, 32)));
    }

    [Fact]
    public void The_sum_does_not_depend_on_how_many_workers_share_the_shards()
    {
        const int shards = 16;
        float[] values = [.. Enumerable.Range(0, shards).Select(i => (float)Math.Sqrt((i * 37) + 1) * (i % 3 == 0 ? 1e6f : 1e-3f))];
        foreach (int empty in (int[])[0, 0b1, 0b1010_0000_1111_0110, 0xFFFE])
        {
            float whole = Sum(values, empty, [new Subtree(0, shards)]);
            for (int workers = 1; workers <= shards; workers++)
            {
                Subtree[] nodes = [.. ShardTree.Deal(shards, workers).SelectMany(ShardTree.Cut)];
                Assert.Equal(BitConverter.SingleToInt32Bits(whole), BitConverter.SingleToInt32Bits(Sum(values, empty, nodes)));
            }
        }
    }

    [Fact]
    public void The_tree_is_complete_and_not_a_left_fold()
    {
        Assert.Equal([(0, 1), (2, 3), (0, 2)], Merges(4, 0b1111));
        Assert.Equal([(0, 1), (2, 3), (0, 2), (4, 5), (6, 7), (4, 6), (0, 4)], Merges(8, 0xFF));
    }

    [Fact]
    public void Empty_shards_are_skipped_and_not_added_as_zero()
    {
        Assert.Equal([(0, 2)], Merges(4, 0b0101));
        Assert.Empty(Merges(4, 0b0100));
        // -0 stays -0 only if nothing is added to it.
        Assert.True(float.IsNegative(Sum([-0f, 0f, 0f, 0f], 0b1110, [new Subtree(0, 1), new Subtree(1, 1), new Subtree(2, 2)])));
    }

    [Fact]
    public void Nodes_that_leave_a_shard_out_or_are_not_aligned_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ShardTree.Merges(4, [new Subtree(0, 2)], [true], out _));
        Assert.Throws<ArgumentException>(() => ShardTree.Merges(4, [new Subtree(0, 1), new Subtree(1, 2), new Subtree(3, 1)], [true, true, true], out _));
    }

    private static (int, int)[] Merges(int shards, int holds) =>
        ShardTree.Merges(shards, [.. Enumerable.Range(0, shards).Select(s => new Subtree(s, 1))], [.. Enumerable.Range(0, shards).Select(s => (holds >> s & 1) == 1)], out _);

    /// <summary>Sums shards node by node, then folds the nodes.</summary>
    private static float Sum(float[] values, int empty, Subtree[] nodes)
    {
        using var pool = new ComputePool(2);
        var vectors = new List<Tensor>();
        var holds = new bool[nodes.Length];
        for (int n = 0; n < nodes.Length; n++)
        {
            int size = nodes[n].Size;
            Tensor[] leaves = [.. Enumerable.Range(nodes[n].First, size).Select(s => Tensor.From<float>(new Shape(1), [values[s]]))];
            bool[] full = [.. Enumerable.Range(nodes[n].First, size).Select(s => (empty >> s & 1) == 0)];
            (int, int)[] inner = ShardTree.Merges(size, [.. Enumerable.Range(0, size).Select(s => new Subtree(s, 1))], full, out int top);
            ShardTree.Add(pool, inner, leaves);
            holds[n] = top >= 0;
            vectors.Add(leaves[Math.Max(0, top)]);
        }

        (int, int)[] merges = ShardTree.Merges(nodes.Sum(n => n.Size), nodes, holds, out int root);
        ShardTree.Add(pool, merges, vectors);
        return vectors[root].Span<float>()[0];
    }
}
