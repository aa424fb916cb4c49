namespace YarnDL.Tensors.Tests;

public sealed unsafe class SumTreeTests
{
    public static TheoryData<int[], long> Sums => new()
    {
        { [0, 1], 1 }, { [0, 1], 4096 }, { [0, 1], 4097 }, { [0, 1], 4096 * 5 }, { [0, 1], (4096 * 13) + 7 }, { [0, 1], 0 }, { [0, 0], 3 }, { [0], 3 },
        { [0, 100], 100 }, { [0, 41, 82, 200], 100 }, { [0, 0, 5, 5, 5, 9, 9, 12], 1 }, { [0, 3, 3, 3, 7], 5000 }, { [0, 0, 0, 0, 4], 4096 },
        { [0, 2, 4, 6, 8, 10, 12, 14, 16], 1 }, { [0, 1, 1, 2, 3, 3, 3, 4, 9, 9, 9, 9, 9, 10, 10, 10, 11], 2048 }, { [0, 4096, 8193, 8194], 1 },
    };

    [Theory]
    [MemberData(nameof(Sums))]
    public void Leaves_and_joins_follow_the_rule(int[] borders, long positions)
    {
        using var segments = new Segments(borders);
        float Value(long start, long length) => 1f / (3 + start) * length;
        float expected = SumRule.Sum(borders, positions, Value);

        var stack = new float[SumTree.MaxDepth];
        int top = 0;
        int deepest = 0;
        long leaves = 0;
        SumTree tree = SumTree.OverRows(segments.Rows, positions);
        int depth = tree.Depth;
        while (tree.Next())
        {
            leaves++;
            stack[top++] = Value(tree.Start, tree.Length);
            deepest = Math.Max(deepest, top);
            for (int merge = 0; merge < tree.Merges; merge++)
            {
                top--;
                stack[top - 1] += stack[top];
            }
        }

        Assert.Equal(expected, top == 0 ? 0 : stack[0]);
        Assert.Equal(leaves == 0 ? 0 : 1, top);
        Assert.Equal(SumTree.LeafCount(segments.Rows, positions), leaves);
        Assert.True(deepest <= depth, $"{deepest} entries, {depth} promised");
        Assert.Equal(borders[^1] * positions, SumRule.Leaves(borders, positions).SelectMany(l => l).Sum(l => l.Length));
    }

    [Fact]
    public void Random_segments_with_gaps_follow_the_rule()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            int count = 1 + (int)Philox.Bounded(Philox.Words(seed, 1, 0, 0, 0, 0).W0, 70);
            var borders = new int[count + 1];
            for (int s = 0; s < count; s++)
            {
                uint rows = Philox.Bounded(Philox.Words(seed, 2, 0, 0, s, 0).W0, 9);
                borders[s + 1] = borders[s] + (rows < 5 ? 0 : (int)rows - 4);
            }

            Leaves_and_joins_follow_the_rule(borders, 1 + Philox.Bounded(Philox.Words(seed, 3, 0, 0, 0, 0).W0, 6000));
        }
    }

    [Fact]
    public void Aligned_subtrees_join_to_the_whole_sum()
    {
        // What a worker does: segments 4..7 of 8 in a run of their own give the very entry that the whole sum has there.
        int[] whole = [0, 3, 5, 5, 9, 12, 13, 20, 20];
        static float Value(long start, long length) => 1f / (3 + start) * length;
        float left = SumRule.Sum(whole[..5], 700, Value);
        float right = SumRule.Sum([.. whole[4..].Select(b => b - 9)], 700, (start, length) => Value(start + (9 * 700), length));

        Assert.Equal(SumRule.Sum(whole, 700, Value), left + right);
    }
}
