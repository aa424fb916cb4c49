using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Tests;

public sealed class MathsTests
{
    private delegate Vector256<float> VectorFunction(Vector256<float> x);

    // Every 1021st float, all exponents, both signs, NaNs and infinities among them.
    private const uint Step = 1021;

    [Fact]
    public void Exp_is_within_1_ulp() => Check(Maths.Exp, Maths.Exp, Maths.Exp, 1.0);

    [Fact]
    public void Expm1_is_within_2_ulp() => Check(Maths.Expm1, Maths.Expm1, Maths.Expm1, 2.0);

    [Fact]
    public void Log_is_within_1_ulp() => Check(Maths.Log, Maths.Log, Maths.Log, 1.0);

    [Fact]
    public void Log1p_is_within_2_ulp() => Check(Maths.Log1p, Maths.Log1p, Maths.Log1p, 2.0);

    [Fact]
    public void Tanh_is_within_3_ulp() => Check(Maths.Tanh, Maths.Tanh, Maths.Tanh, 3.0);

    [Fact]
    public void Sigmoid_is_within_2_5_ulp() => Check(Maths.Sigmoid, Maths.Sigmoid, Maths.Sigmoid, 2.5);

    [Fact]
    public void Erf_is_within_1_5_ulp() => Check(Maths.Erf, Maths.Erf, Maths.Erf, 1.5);

    [Fact]
    public void Arc_tangent_is_within_3_ulp() => Check(Maths.Atan, x => Maths.Atan(Vector256.Create(x))[3], Math.Atan, 3.0);

    [Fact]
    public void Sine_and_cosine_are_within_0_6_ulp()
    {
        Check(Maths.Sin, Maths.Sin, Maths.Sin, 0.6, 16);
        Check(Maths.Cos, Maths.Cos, Maths.Cos, 0.6, 16);
    }

    [Fact]
    public void Pow_gives_the_same_bits_for_vector_and_scalar()
    {
        for (int i = 0; i < 4000; i++)
        {
            PhiloxWords w = Philox.Words(5, 1, 0, 0, 0, i);
            float x = BitConverter.UInt32BitsToSingle(w.W0);
            float y = (Philox.Uniform(w.W1) - 0.5f) * 20;
            Assert.Equal(Bits(Maths.Pow(x, y)), Bits(Maths.Pow(Vector256.Create(x), Vector256.Create(y))[5]));
            Assert.Equal(Bits((float)Maths.Pow((double)x, y)), Bits(Maths.Pow(x, y)));
        }
    }

    [Fact]
    public void Special_values_are_as_in_IEEE_754()
    {
        Assert.Equal((0f, 1f, float.PositiveInfinity, float.PositiveInfinity), (Maths.Exp(float.NegativeInfinity), Maths.Exp(-0f), Maths.Exp(89f), Maths.Exp(float.PositiveInfinity)));
        Assert.Equal((float.NegativeInfinity, float.NegativeInfinity, float.PositiveInfinity), (Maths.Log(0f), Maths.Log(-0f), Maths.Log(float.PositiveInfinity)));
        Assert.True(float.IsNaN(Maths.Log(-1f)) && float.IsNaN(Maths.Log(float.NegativeInfinity)) && float.IsNaN(Maths.Log1p(-2f)));
        Assert.Equal((float.NegativeInfinity, float.PositiveInfinity), (Maths.Log1p(-1f), Maths.Log1p(float.PositiveInfinity)));
        Assert.Equal((-1f, float.PositiveInfinity), (Maths.Expm1(float.NegativeInfinity), Maths.Expm1(float.PositiveInfinity)));
        Assert.Equal((1f, -1f), (Maths.Tanh(float.PositiveInfinity), Maths.Tanh(float.NegativeInfinity)));
        Assert.Equal((1f, -1f), (Maths.Erf(float.PositiveInfinity), Maths.Erf(float.NegativeInfinity)));
        Assert.Equal((1f, 0f, 0.5f), (Maths.Sigmoid(float.PositiveInfinity), Maths.Sigmoid(float.NegativeInfinity), Maths.Sigmoid(-0f)));
        foreach (Func<float, float> f in (Func<float, float>[])[Maths.Exp, Maths.Expm1, Maths.Log, Maths.Log1p, Maths.Tanh, Maths.Sigmoid, Maths.Erf, Maths.Sin, Maths.Cos])
        {
            Assert.True(float.IsNaN(f(float.NaN)));
        }

        foreach (Func<float, float> odd in (Func<float, float>[])[Maths.Expm1, Maths.Log1p, Maths.Tanh, Maths.Erf, Maths.Sin])
        {
            Assert.Equal(Bits(-0f), Bits(odd(-0f)));
            Assert.Equal(Bits(0f), Bits(odd(0f)));
        }

        // Denormal results: exp is rounded once on the way down.
        Assert.Equal(1.401298464324817e-45f, Maths.Exp(-103.5f));
        Assert.Equal(0f, Maths.Exp(-104f));
    }

    [Fact]
    public void The_bits_are_those_of_every_other_machine()
    {
        // One sum over many bits of every function; it changes only with the version of the kernel set.
        ulong hash = 14695981039346656037;
        void Mix(ulong bits) => hash = (hash ^ bits) * 1099511628211;
        for (int i = 0; i < 3000; i++)
        {
            PhiloxWords w = Philox.Words(11, 1, 0, 0, 0, i);
            var x = BitConverter.UInt32BitsToSingle(w.W0);
            float near = (Philox.Uniform(w.W1) - 0.5f) * 30;
            foreach (float v in (ReadOnlySpan<float>)[x, near])
            {
                Mix(Bits(Maths.Exp(v)));
                Mix(Bits(Maths.Expm1(v)));
                Mix(Bits(Maths.Log(v)));
                Mix(Bits(Maths.Log1p(v)));
                Mix(Bits(Maths.Tanh(v)));
                Mix(Bits(Maths.Sigmoid(v)));
                Mix(Bits(Maths.Erf(v)));
                Mix(Bits(Maths.Sin(v)));
                Mix(Bits(Maths.Cos(v)));
                Mix(Bits(Maths.Pow(MathF.Abs(v), near)));
                Mix(BitConverter.DoubleToUInt64Bits(Maths.Exp((double)near) + Maths.Log(Math.Abs((double)near)) + Maths.Tanh((double)near) + Maths.Erf((double)near)));
            }
        }

        Assert.Equal(2010550499457541032UL, hash);
    }

    private static uint Bits(float x) => BitConverter.SingleToUInt32Bits(x);

    private static void Check(VectorFunction vector, Func<float, float> scalar, Func<double, double> truth, double bound, uint sparser = 1)
    {
        double worst = 0;
        float at = 0;
        for (ulong bits = 0; bits <= uint.MaxValue; bits += 8 * (ulong)Step * sparser)
        {
            Vector256<uint> lanes = Vector256.Create((uint)bits) + (Vector256<uint>.Indices * Vector256.Create(Step * sparser));
            Vector256<float> x = lanes.AsSingle();
            Vector256<float> y = vector(x);
            for (int i = 0; i < 8; i++)
            {
                double expected = truth(x[i]);
                double ulps = Ulps(y[i], expected);
                if (ulps > worst || double.IsNaN(ulps))
                {
                    (worst, at) = (double.IsNaN(ulps) ? double.PositiveInfinity : ulps, x[i]);
                }

                if (i == (int)(bits >> 3 & 7) && Bits(scalar(x[i])) != Bits(y[i]))
                {
                    Assert.Fail($"the scalar form gives {scalar(x[i]):R} at {x[i]:R}, the vector form {y[i]:R}");
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{worst} ulp at {at:R}");
        Assert.True(worst <= bound, $"{scalar(at):R} at {at:R} ({truth(at):R}) is {worst} ulp off; {bound} are promised");
        Assert.True(worst > 0.4, "a measure that finds no error at all measures nothing");
    }

    private static double Ulps(float got, double truth)
    {
        if (double.IsNaN(truth) || float.IsNaN(got))
        {
            return double.IsNaN(truth) && float.IsNaN(got) ? 0 : double.NaN;
        }

        if (Math.Abs(truth) >= 3.4028235677973366e38)
        {
            return got == (truth > 0 ? float.PositiveInfinity : float.NegativeInfinity) ? 0 : double.NaN;
        }

        double ulp = double.ScaleB(1, Math.Max(truth == 0 ? -149 : Math.ILogB(truth) - 23, -149));
        return Math.Abs(got - truth) / ulp;
    }
}
