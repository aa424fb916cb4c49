using System.Numerics;
using YarnDL.Data.Features;
using YarnDL.Tensors;

namespace YarnDL.Data.Tests.Features;

public sealed class ExactSumTests
{
    private static double[] Doubles(int n, ulong seed)
    {
        var values = new double[n];
        for (int i = 0; i < n; i++)
        {
            var w = Philox.Words(seed, 1, 0, 0, i, 0);
            double any = BitConverter.UInt64BitsToDouble(((ulong)w.W0 << 32) | w.W1);
            values[i] = double.IsFinite(any) ? any : w.W2;
        }

        return values;
    }

    private static BigInteger Units(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int e = (int)(bits >> 52) & 0x7FF;
        BigInteger m = (bits & 0xF_FFFF_FFFF_FFFF) | (e == 0 ? 0 : 1ul << 52);
        m <<= Math.Max(0, e - 1);
        return value < 0 ? -m : m;
    }

    [Fact]
    public void Sums_and_squares_of_any_numbers_are_exact()
    {
        var values = Doubles(2000, 3);
        var sum = new ExactSum();
        var squares = new ExactSum();
        foreach (double v in values)
        {
            sum.Add(v);
            squares.AddSquare(v);
        }

        Assert.Equal(values.Aggregate(BigInteger.Zero, (a, v) => a + Units(v)), sum.Units);
        Assert.Equal(values.Aggregate(BigInteger.Zero, (a, v) => a + (Units(v) * Units(v))), squares.Units);
    }

    [Fact]
    public void Parts_merge_to_the_same_sum()
    {
        var values = Doubles(999, 4);
        var whole = new ExactSum();
        var merged = new ExactSum();
        foreach (double v in values)
        {
            whole.Add(v);
        }

        foreach (double[] part in values.AsEnumerable().Reverse().Chunk(100))
        {
            var s = new ExactSum();
            foreach (double v in part)
            {
                s.Add(v);
            }

            merged.Merge(s.ToString());
        }

        Assert.Equal(whole.Units, merged.Units);
    }

    [Theory]
    [InlineData(new[] { 0.25, 0.5, 0.75 }, 0.5)]
    [InlineData(new[] { 1e16, 1.0, -1e16 }, 1.0 / 3)]
    [InlineData(new[] { double.Epsilon, double.Epsilon }, double.Epsilon)]
    [InlineData(new[] { double.MaxValue, double.MaxValue }, double.MaxValue)]
    [InlineData(new[] { -2.0, -4.0 }, -3.0)]
    [InlineData(new[] { 5.0, -5.0 }, 0.0)]
    public void A_mean_is_rounded_once(double[] values, double mean)
    {
        var sum = new ExactSum();
        foreach (double v in values)
        {
            sum.Add(v);
        }

        Assert.Equal(mean, ExactSum.Mean(sum.Units, values.Length));
    }

    [Fact]
    public void A_ratio_is_the_nearest_float64()
    {
        foreach (double a in Doubles(500, 5))
        {
            Assert.Equal(a, ExactSum.Ratio(Units(a), 1, -1074));
        }

        for (long n = 1; n < 300; n++)
        {
            for (long d = 1; d < 50; d++)
            {
                Assert.Equal((double)n / d, ExactSum.Ratio(n, d, 0));
                Assert.Equal(-(double)n / d, ExactSum.Ratio(-n, d, 0));
            }
        }

        Assert.Equal(9007199254740992.0, ExactSum.Ratio(9007199254740993, 1, 0));
        Assert.Equal(9007199254740996.0, ExactSum.Ratio(9007199254740995, 1, 0));
    }

    [Fact]
    public void A_variance_does_not_lose_digits_far_from_zero()
    {
        var sum = new ExactSum();
        var squares = new ExactSum();
        foreach (double v in new[] { 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16 })
        {
            sum.Add(v);
            squares.AddSquare(v);
        }

        Assert.Equal(30, ExactSum.Variance(sum.Units, squares.Units, 4));
        Assert.Equal(0, ExactSum.Variance(sum.Units, squares.Units, 1));
    }
}
