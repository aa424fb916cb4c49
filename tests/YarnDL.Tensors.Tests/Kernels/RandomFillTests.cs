using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

public sealed unsafe class RandomFillTests
{
    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(3, 2, 7)]
    [InlineData(2, 2, 1031)]
    [InlineData(1, 1, 5000)]
    public void An_element_is_a_function_of_its_row_and_place(int outer, int rows, int run)
    {
        const ulong Seed = 0xFEDC_BA98_7654_3210;
        uint purpose = Philox.Purpose(RandomKind.Dropout, 5);
        long* numbers = stackalloc long[] { 7, (3L << 32) + 1, 0 };
        byte* copies = stackalloc byte[] { 0, 2, 1 };
        var y = new float[outer * rows * run];
        var z = new float[y.Length];
        foreach (int threads in new[] { 1, 3 })
        {
            using var pool = new ComputePool(threads);
            fixed (float* p = y, q = z)
            {
                RandomFill.Run(pool, new RandomMaps.Between(0, 1), Seed, purpose, 9, numbers, copies, outer, rows, run, p);
                RandomFill.Run(pool, new RandomMaps.Normal(2, 3), Seed, purpose, 9, numbers, copies, outer, rows, run, q);
            }

            for (int i = 0; i < y.Length; i++)
            {
                int row = i / run % rows;
                long element = (i / (run * rows) * (long)run) + (i % run);
                PhiloxWords w = Philox.Words(Seed, purpose, 9, copies[row], numbers[row], element / 4);
                (double first, double second) = Philox.Normals(w[(int)(element & 2)], w[(int)(element & 2) + 1]);
                Assert.Equal(Philox.Uniform(w[(int)(element & 3)]), y[i]);
                Assert.Equal((float)(2 + (3 * ((element & 1) == 0 ? first : second))), z[i]);
            }
        }
    }

    [Fact]
    public void A_mask_keeps_its_share_and_the_border_itself()
    {
        uint* words = stackalloc uint[] { 0, 0x4000_0000, 0x3FFF_FFFF, uint.MaxValue };
        float* y = stackalloc float[4];
        new RandomMaps.Mask(0.25f, 2).Map(words, y, 4);
        Assert.Equal([0f, 2, 0, 2], new ReadOnlySpan<float>(y, 4).ToArray());
    }
}
