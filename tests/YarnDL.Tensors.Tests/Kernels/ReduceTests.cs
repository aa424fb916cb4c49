using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

public sealed unsafe class ReduceTests
{
    public static TheoryData<long[], ulong> Cases => new()
    {
        { [1], 1 }, { [17], 1 }, { [4096], 1 }, { [4097], 1 }, { [50_000], 1 }, { [3, 33], 2 }, { [33, 3], 1 }, { [5000, 19], 1 }, { [7, 8], 3 },
        { [4, 5, 6, 7], 0b1101 }, { [4, 5, 6, 7], 0b0101 }, { [4, 5, 6, 7], 0b1010 }, { [2, 3, 70, 70], 0b1101 }, { [5, 4], 0 }, { [], 0 }, { [3, 0, 4], 0b010 }, { [0, 3], 0b10 },
        { [100, 1, 16], 0b001 }, { [9000, 8], 0b01 }, { [6, 9000], 0b10 }, { [3, 40, 50, 2], 0b0110 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_sum_has_the_bits_of_the_16_lane_rule(long[] dims, ulong axes)
    {
        var shape = new Shape(dims);
        using var native = new Native();
        float* x = native.Random(shape.ElementCount);
        long[][] terms = Terms(dims, axes);
        float* expected = native.Zeros(terms.Length);
        for (int o = 0; o < terms.Length; o++)
        {
            expected[o] = SumRule.Sum(terms[o].Length, (start, length) => SumRule.Lanes(start, length, t => x[terms[o][t]]));
        }

        foreach (int threads in (int[])[1, 3])
        {
            using var pool = new ComputePool(threads);
            float* y = native.Random(terms.Length);
            Reduce.Run(pool, Reduction.Sum, shape, axes, x, y);
            Native.AssertSameBits(expected, y, terms.Length, $"sum, {threads} threads");
            Reduce.Run(pool, Reduction.Mean, shape, axes, x, y);
            for (int o = 0; o < terms.Length; o++)
            {
                Assert.Equal(expected[o] / terms[o].Length, y[o]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_largest_and_the_smallest_are_found(long[] dims, ulong axes)
    {
        var shape = new Shape(dims);
        using var native = new Native();
        using var pool = new ComputePool(2);
        float* x = native.Random(shape.ElementCount);
        long[][] terms = Terms(dims, axes);
        float* max = native.Zeros(terms.Length);
        float* min = native.Zeros(terms.Length);
        Reduce.Run(pool, Reduction.Max, shape, axes, x, max);
        Reduce.Run(pool, Reduction.Min, shape, axes, x, min);
        for (int o = 0; o < terms.Length; o++)
        {
            Assert.Equal(terms[o].Length == 0 ? float.NegativeInfinity : terms[o].Max(t => x[t]), max[o]);
            Assert.Equal(terms[o].Length == 0 ? float.PositiveInfinity : terms[o].Min(t => x[t]), min[o]);
        }
    }

    [Fact]
    public void NaN_wins_over_any_number()
    {
        using var native = new Native();
        using var pool = new ComputePool(1);
        float* x = native.From(1, float.NaN, 5, float.PositiveInfinity);
        float y;
        Reduce.Run(pool, Reduction.Max, new Shape(4), 1, x, &y);
        Assert.True(float.IsNaN(y));
        Reduce.Run(pool, Reduction.Min, new Shape(4), 1, x, &y);
        Assert.True(float.IsNaN(y));
    }

    [Theory]
    [InlineData(new[] { 0, 128 }, 1, 10)]
    [InlineData(new[] { 0, 32, 64, 64, 128 }, 1, 37)]
    [InlineData(new[] { 0, 5000, 9000 }, 1, 9)]
    [InlineData(new[] { 0, 3, 3, 9 }, 100, 16)]
    [InlineData(new[] { 0, 2, 3 }, 5000, 3)]
    [InlineData(new[] { 0, 0, 0 }, 5, 9)]
    public void A_sum_over_rows_follows_the_segments(int[] borders, long positions, long n)
    {
        using var native = new Native();
        using var segments = new Segments(borders);
        long count = borders[^1] * positions * n;
        float* x = native.Random(count);
        float* last = native.Zeros(n);
        float* first = native.Zeros(n);
        for (long j = 0; j < n; j++)
        {
            last[j] = SumRule.Sum(borders, positions, (start, length) => SumRule.Lanes(start, length, t => x[(t * n) + j]));
            first[j] = SumRule.Sum(borders, positions, (start, length) => SumRule.Lanes(start, length, t => x[(((t / positions * n) + j) * positions) + (t % positions)]));
        }

        foreach (int threads in (int[])[1, 3])
        {
            using var pool = new ComputePool(threads);
            float* y = native.Random(n);
            Reduce.SumOverRows(pool, segments.Rows, positions, n, x, y);
            Native.AssertSameBits(last, y, n, "channels last");
            Reduce.SumChannelsOverRows(pool, segments.Rows, n, positions, x, y);
            Native.AssertSameBits(first, y, n, "channels first");
        }
    }

    [Theory]
    [InlineData(SumRule.Fault.LeftFold)]
    [InlineData(SumRule.Fault.TwoHalves)]
    [InlineData(SumRule.Fault.OneChain)]
    public void Another_order_of_the_sum_would_show(object fault)
    {
        using var native = new Native();
        int shown = 0;
        for (int round = 0; round < 8; round++)
        {
            float* x = native.Random(4096 * 7);
            shown += SumRule.Sum(4096 * 7, (start, length) => SumRule.Lanes(start, length, t => x[t]), (SumRule.Fault)fault) == Reduce.Sum(4096 * 7, x) ? 0 : 1;
        }

        Assert.True(shown >= 3);
    }

    [Fact]
    public void A_dot_product_fuses_each_term_into_its_lane()
    {
        using var native = new Native();
        foreach (int count in (int[])[0, 1, 15, 16, 17, 4096, 4100, 9999])
        {
            float* x = native.Random(count);
            float* y = native.Random(count);
            float expected = SumRule.Sum(count, (start, length) =>
            {
                var lanes = new float[16];
                for (long i = 0; i < length; i++)
                {
                    lanes[i % 16] = MathF.FusedMultiplyAdd(x[start + i], y[start + i], lanes[i % 16]);
                }

                return SumRule.Lanes(0, 16, i => lanes[i]);
            });
            Assert.Equal(expected, Reduce.Dot(count, x, y));
        }
    }

    [Fact]
    public void Integers_are_summed_exactly()
    {
        Assert.Equal(3L * int.MaxValue, Reduce.Sum([int.MaxValue, int.MaxValue, int.MaxValue]));
        Assert.Equal(-1, Reduce.Sum([long.MaxValue, long.MinValue]));
        Assert.Throws<OverflowException>(() => Reduce.Sum([long.MaxValue, 1L]));
    }

    // For each output the places of its terms, in order.
    private static long[][] Terms(long[] dims, ulong axes)
    {
        long outputs = 1;
        for (int a = 0; a < dims.Length; a++)
        {
            outputs *= (axes >> a & 1) == 0 ? dims[a] : 1;
        }

        var lists = new List<long>[outputs];
        for (int i = 0; i < outputs; i++)
        {
            lists[i] = [];
        }

        long elements = dims.Aggregate(1L, (p, d) => p * d);
        for (long e = 0; e < elements; e++)
        {
            long rest = e;
            long output = 0;
            long scale = 1;
            for (int a = dims.Length - 1; a >= 0; a--)
            {
                if ((axes >> a & 1) == 0)
                {
                    output += rest % dims[a] * scale;
                    scale *= dims[a];
                }

                rest /= dims[a];
            }

            lists[output].Add(e);
        }

        return [.. lists.Select(l => l.ToArray())];
    }
}
