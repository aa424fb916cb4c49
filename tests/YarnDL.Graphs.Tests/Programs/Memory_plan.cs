using YarnDL.Graphs.Programs;

namespace YarnDL.Graphs.Tests.Programs;

public sealed class Memory_plan
{
    [Fact]
    public void Values_alive_together_never_overlap()
    {
        uint state = 1;
        uint Next(uint below)
        {
            state = (state * 1664525) + 1013904223;
            return (uint)(((ulong)state * below) >> 32);
        }

        for (int trial = 0; trial < 200; trial++)
        {
            var lives = new Lifetime[1 + Next(40)];
            for (int i = 0; i < lives.Length; i++)
            {
                int first = (int)Next(30);
                lives[i] = new Lifetime(first, first + (int)Next(10), Next(5) * Next(1000));
            }

            var offsets = new long[lives.Length];
            long total = MemoryPlan.Place(lives, offsets);
            for (int i = 0; i < lives.Length; i++)
            {
                Assert.Equal(0, offsets[i] % MemoryPlan.Alignment);
                Assert.True(offsets[i] + lives[i].Bytes <= total);
                for (int j = 0; j < i; j++)
                {
                    bool together = lives[i].First <= lives[j].Last && lives[j].First <= lives[i].Last;
                    bool apart = offsets[i] + lives[i].Bytes <= offsets[j] || offsets[j] + lives[j].Bytes <= offsets[i];
                    Assert.True(!together || apart, $"trial {trial}: {lives[i]} at {offsets[i]} and {lives[j]} at {offsets[j]}");
                }
            }
        }
    }

    [Fact]
    public void A_chain_needs_two_places()
    {
        Lifetime[] lives = [.. Enumerable.Range(0, 20).Select(i => new Lifetime(i, i + 1, 640))];
        Assert.Equal(1280, MemoryPlan.Place(lives, new long[20]));
    }
}
