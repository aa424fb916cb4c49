using System.Numerics;

namespace YarnDL.Tensors.Tests;

public sealed class MathsDoubleTests
{
    private const int Samples = 400;

    [Fact]
    public void Exp_is_within_1_ulp() => Check(Maths.Exp, BigReal.Exp, 1, x => Spread(x, 40, 700));

    [Fact]
    public void Expm1_is_within_2_ulp() => Check(Maths.Expm1, x => BigReal.Exp(x) - BigReal.One, 2, x => Spread(x, 300, 700));

    [Fact]
    public void Log_is_within_1_ulp() => Check(Maths.Log, BigReal.Log, 1, x => x % 3 == 0 ? 1 + (Spread(x, 30, 0.9) / 2) : Math.Abs(Spread(x, 900, 1e300)));

    [Fact]
    public void Log1p_is_within_2_ulp() => Check(Maths.Log1p, x => BigReal.Log(x + BigReal.One), 2, x => Spread(x, 300, 0.99));

    [Fact]
    public void Tanh_is_within_3_ulp() => Check(Maths.Tanh, BigReal.Tanh, 3, x => Spread(x, 200, 25));

    [Fact]
    public void Sigmoid_is_within_3_ulp() => Check(Maths.Sigmoid, x => (BigReal.One << 1300) / (BigReal.One + BigReal.Exp(-x)), 3, x => Spread(x, 60, 700));

    [Fact]
    public void Erf_is_within_2_ulp() => Check(Maths.Erf, BigReal.Erf, 2, x => Spread(x, 200, 6.5));

    [Fact]
    public void Sine_is_within_1_ulp_for_any_size() => Check(Maths.Sin, x => BigReal.SinCos(x).Sin, 1, x => x % 2 == 0 ? Spread(x, 60, 10) : Spread(x, 900, 1e250));

    [Fact]
    public void Cosine_is_within_1_ulp_for_any_size() => Check(Maths.Cos, x => BigReal.SinCos(x).Cos, 1, x => x % 2 == 0 ? Spread(x, 60, 10) : Spread(x, 900, 1e250));

    [Fact]
    public void Sine_and_cosine_are_within_1_ulp_near_multiples_of_half_pi()
    {
        // 6381956970095103 * 2^797 is the double closest to a multiple of pi/2, relative to its size.
        double worst = 6381956970095103 * double.ScaleB(1, 797);
        Check(Maths.Cos, x => BigReal.SinCos(x).Cos, 1, i => i < 100 ? 1.5707963267948966 * ((2 * i) + 1) : i < 200 ? -1.5707963267948966 * ((2 * i) + 1) * 1e6 : worst);
        Check(Maths.Sin, x => BigReal.SinCos(x).Sin, 1, i => i < 100 ? 3.141592653589793 * (i + 1) : i < 200 ? 3.141592653589793 * i * 1e7 : 499_999.5 + (i / 100.0));
    }

    [Fact]
    public void Pow_is_within_1_ulp()
    {
        double worst = 0;
        for (int i = 0; i < Samples; i++)
        {
            double x = Math.Abs(Spread(i, 200, 1e80)) + 1e-80;
            double y = Spread(i + 1000, 8, 1) * 700 / Math.Max(1, Math.Abs(Maths.Log(x)));
            double got = Maths.Pow(x, y);
            if (got > 1e-300 && got < 1e300)
            {
                double ulps = BigReal.Ulps(got, BigReal.Pow(BigReal.Of(x), BigReal.Of(y)));
                Assert.True(ulps <= 1, $"pow({x:R}, {y:R}) = {got:R} is {ulps} ulp off");
                worst = Math.Max(worst, ulps);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"pow: {worst} ulp");
    }

    [Theory]
    [InlineData(2, 10, 1024)]
    [InlineData(-2, 3, -8)]
    [InlineData(-2, 2, 4)]
    [InlineData(0.0, -1, double.PositiveInfinity)]
    [InlineData(-0.0, -1, double.NegativeInfinity)]
    [InlineData(-0.0, 3, -0.0)]
    [InlineData(-0.0, 2, 0.0)]
    [InlineData(0.0, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(2, double.NaN, double.NaN)]
    [InlineData(-8, 1 / 3.0, double.NaN)]
    [InlineData(0.5, double.PositiveInfinity, 0)]
    [InlineData(0.5, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(-1, double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, 3, double.NegativeInfinity)]
    [InlineData(double.NegativeInfinity, -3, -0.0)]
    [InlineData(double.PositiveInfinity, -2, 0)]
    [InlineData(10, 400, double.PositiveInfinity)]
    [InlineData(-10, 401, double.NegativeInfinity)]
    [InlineData(10, -400, 0)]
    [InlineData(2, -1074, 5E-324)]
    public void Pow_has_the_special_values_of_IEEE_754(double x, double y, double expected) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(Maths.Pow(x, y)));

    [Fact]
    public void Special_values_are_as_in_IEEE_754()
    {
        Assert.Equal(double.NegativeInfinity, Maths.Log(0.0));
        Assert.Equal(double.PositiveInfinity, Maths.Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(Maths.Log(-1.0)) && double.IsNaN(Maths.Log(double.NaN)) && double.IsNaN(Maths.Log1p(-1.5)));
        Assert.Equal(double.NegativeInfinity, Maths.Log1p(-1.0));
        Assert.Equal((0, 1, double.PositiveInfinity, double.PositiveInfinity), (Maths.Exp(double.NegativeInfinity), Maths.Exp(-0.0), Maths.Exp(709.8), Maths.Exp(double.PositiveInfinity)));
        Assert.True(double.IsNaN(Maths.Exp(double.NaN)) && double.IsNaN(Maths.Sin(double.PositiveInfinity)) && double.IsNaN(Maths.Cos(double.NaN)) && double.IsNaN(Maths.Tanh(double.NaN)));
        Assert.Equal((-1, double.PositiveInfinity), (Maths.Expm1(double.NegativeInfinity), Maths.Expm1(double.PositiveInfinity)));
        Assert.Equal((1, -1), (Maths.Tanh(double.PositiveInfinity), Maths.Tanh(-30.0)));
        Assert.Equal((1, -1), (Maths.Erf(double.PositiveInfinity), Maths.Erf(double.NegativeInfinity)));
        Assert.True(double.IsNaN(Maths.Erf(double.NaN)) && double.IsNaN(Maths.Expm1(double.NaN)) && double.IsNaN(Maths.Log1p(double.NaN)) && double.IsNaN(Maths.Sigmoid(double.NaN)));
        foreach (Func<double, double> odd in (Func<double, double>[])[Maths.Sin, Maths.Tanh, Maths.Expm1, Maths.Log1p, Maths.Erf])
        {
            Assert.True(double.IsNegative(odd(-0.0)) && odd(-0.0) == 0 && odd(0.0) == 0 && !double.IsNegative(odd(0.0)));
        }

        Assert.InRange(BigReal.Ulps(Maths.Exp(-720.5), BigReal.Exp(BigReal.Of(-720.5))), 0, 1);
        Assert.InRange(BigReal.Ulps(Maths.Log(3e-320), BigReal.Log(BigReal.Of(3e-320))), 0, 1);
    }

    // Either sign, sizes from most * 2^-octaves to most.
    private static double Spread(int i, double octaves, double most)
    {
        PhiloxWords w = Philox.Words(77, 0x99_0000, 0, 0, 0, i);
        double size = most * double.ScaleB(1 + Philox.UniformOpen(w.W0), -1 - (int)(octaves * Philox.UniformOpen(w.W1)));
        return (w.W2 & 1) == 0 ? size : -size;
    }

    private static void Check(Func<double, double> function, Func<BigInteger, BigInteger> truth, double bound, Func<int, double> sample)
    {
        double worst = 0;
        double at = 0;
        for (int i = 0; i < Samples; i++)
        {
            double x = sample(i);
            double ulps = BigReal.Ulps(function(x), truth(BigReal.Of(x)));
            if (ulps > worst)
            {
                (worst, at) = (ulps, x);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{worst} ulp at {at:R}");
        Assert.True(worst <= bound, $"{function(at):R} at {at:R} is {worst} ulp off; {bound} are promised");
        Assert.True(worst > 0.01, "a measure that finds no error at all measures nothing");
    }
}
