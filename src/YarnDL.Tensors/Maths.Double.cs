namespace YarnDL.Tensors;

/// <content>The float64 functions: for schedules, statistics and random numbers, one number at a time.</content>
public static partial class Maths
{
    private const double Ln2HighD = 0.6931471803691238; // 32 bits: n * Ln2HighD is exact
    private const double Ln2LowD = 1.9082149292705877e-10;
    private const double HalfPi = 1.5707963267948966;
    private const double HalfPiTail = 6.123233995736766e-17;

    private static readonly double[] s_exp =
    [
        1.6086788294090263e-10, 2.0918378296871886e-09, 2.5052070659634343e-08, 2.7557262626956365e-07, 2.7557319247626053e-06, 2.480158733705335e-05,
        0.00019841269841263146, 0.0013888888888878843, 0.008333333333333333, 0.04166666666666668, 0.16666666666666666, 0.5,
    ];

    private static readonly double[] s_log =
    [
        0.13088034850927555, 0.13268638369266825, 0.15386244737621665, 0.18181795547521137, 0.22222222392581045, 0.28571428570799784, 0.40000000000000885, 0.6666666666666666,
    ];

    private static readonly double[] s_sin =
    [
        -7.586636867766497e-13, 1.6058530596390244e-10, -2.5052106225992787e-08, 2.7557319219320575e-06, -0.0001984126984126504, 0.008333333333333331, -0.16666666666666666,
    ];

    private static readonly double[] s_cos =
    [
        4.7458384041586735e-14, -1.1470460319067341e-11, 2.0876755787491707e-09, -2.755731922139249e-07, 2.4801587301584632e-05, -0.0013888888888888887, 0.041666666666666664,
    ];

    private static readonly double[] s_erfNear =
    [
        5.903059452939704e-11, -1.1341396612977419e-09, 1.4651792172190506e-08, -1.634915099897037e-07, 1.6460893511430594e-06, -1.4925588776320808e-05, 0.00012055330849639737,
        -0.0008548326973892409, 0.0052239776247018236, -0.02686617064506536, 0.11283791670954821, -0.3761263890318375, 0.1283791670955126,
    ];

    private static readonly double[] s_erfFar =
    [
        -0.08392931849755862, 0.622870184133513, -2.088540996435334, 4.1343898200218785, -5.295220948677172, 4.553508876653763, -2.735878981334717, 1.2975410330224546,
        -0.5205091664503986, 0.07270452866578266, -0.03196452450175173, 0.08817744797977876, 0.17578808973941387, 0.24687529302614655, 0.2820926658435097, 0.28209484146436453,
    ];

    // 2/pi after the binary point.
    private static readonly ulong[] s_twoOverPi =
    [
        0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0, 0x06492EEA09D1921C, 0xFE1DEB1CB129A73E,
        0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F, 0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7,
        0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08, 0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];

    /// <summary>e^x; at most 1 ulp off.</summary>
    public static double Exp(double x) => ExpWithTail(x, 0);

    /// <summary>e^x - 1; at most 2 ulp off.</summary>
    public static double Expm1(double x)
    {
        if (x is double.NaN or 0 || x > 710)
        {
            return x > 710 ? double.PositiveInfinity : x;
        }

        double n = Math.Floor((x * 1.4426950408889634) + 0.5);
        if (n == 0)
        {
            return ExpMinusOneReduced(x);
        }

        if (n < -60)
        {
            return -1;
        }

        double r = Math.FusedMultiplyAdd(n, -Ln2LowD, Math.FusedMultiplyAdd(n, -Ln2HighD, x));
        double half = PowerOfTwo((int)n - 1);
        return Math.FusedMultiplyAdd(half, ExpMinusOneReduced(r), half - 0.5) * 2;
    }

    /// <summary>Natural logarithm; at most 1 ulp off. 0 gives -Infinity, below 0 gives NaN.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || x == double.PositiveInfinity)
        {
            return x == 0 ? double.NegativeInfinity : x < 0 ? double.NaN : x;
        }

        double f = Split(x, out double n) - 1;
        double s = f / (2 + f);
        double z = s * s;
        double rest = z * Polynomial(s_log, z);
        double half = 0.5 * f * f;
        return Math.FusedMultiplyAdd(n, Ln2HighD, f - (half - Math.FusedMultiplyAdd(s, half + rest, n * Ln2LowD)));
    }

    /// <summary>ln(1 + x); at most 2 ulp off.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        if (!(u > 0) || u == double.PositiveInfinity || x == 0)
        {
            return x == 0 ? x : Log(u);
        }

        return Log(u) + ((x - (u - 1)) / u);
    }

    /// <summary>Hyperbolic tangent; at most 3 ulp off.</summary>
    public static double Tanh(double x)
    {
        double a = Math.Abs(x);
        if (a > 22)
        {
            return Math.CopySign(1, x);
        }

        double e = Expm1(2 * a);
        return Math.CopySign(e / (e + 2), x);
    }

    /// <summary>1 / (1 + e^-x); at most 3 ulp off.</summary>
    public static double Sigmoid(double x)
    {
        double e = Exp(-Math.Abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    /// <summary>Error function; at most 2 ulp off.</summary>
    public static double Erf(double x)
    {
        double a = Math.Abs(x);
        if (a < 1)
        {
            return Math.FusedMultiplyAdd(Polynomial(s_erfNear, x * x), x, x);
        }

        if (a > 6.1)
        {
            return Math.CopySign(1, x);
        }

        if (double.IsNaN(x))
        {
            return x;
        }

        double square = a * a;
        double u = 1 / (1 + (a / 2));
        double complement = ExpWithTail(-square, -Math.FusedMultiplyAdd(a, a, -square)) * u * Polynomial(s_erfFar, u);
        return Math.CopySign(1 - complement, x);
    }

    /// <summary>Sine of radians, any size; at most 1 ulp off.</summary>
    public static double Sin(double x)
    {
        if (Math.Abs(x) < 1e-8)
        {
            return x;
        }

        int quadrant = Reduce(x, out double r, out double tail);
        double y = (quadrant & 1) == 0 ? SinReduced(r, tail) : CosReduced(r, tail);
        return (quadrant & 2) == 0 ? y : -y;
    }

    /// <summary>Cosine of radians, any size; at most 1 ulp off.</summary>
    public static double Cos(double x)
    {
        int quadrant = Reduce(x, out double r, out double tail);
        double y = (quadrant & 1) == 0 ? CosReduced(r, tail) : SinReduced(r, tail);
        return quadrant is 1 or 2 ? -y : y;
    }

    /// <summary>x^y with the special cases of IEEE 754 pow; at most 1 ulp off.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        double a = Math.Abs(x);
        bool whole = Math.Floor(y) == y; // every double of 2^53 and more is even
        bool odd = whole && Math.Abs(y) < 9007199254740992 && ((long)y & 1) != 0;
        double sign = odd && (x < 0 || (x == 0 && double.IsNegative(x))) ? -1 : 1;
        if (double.IsInfinity(y))
        {
            return a == 1 ? 1 : a > 1 == y > 0 ? double.PositiveInfinity : 0;
        }

        if (a == 0 || double.IsInfinity(a))
        {
            return a == 0 == y > 0 ? sign * 0 : sign * double.PositiveInfinity;
        }

        if (x < 0 && !whole)
        {
            return double.NaN;
        }

        double high = LogWithTail(a, out double tail);
        double product = y * high;
        if (!(Math.Abs(product) < 1000))
        {
            return product > 0 ? sign * double.PositiveInfinity : sign * 0;
        }

        return sign * ExpWithTail(product, Math.FusedMultiplyAdd(y, tail, Math.FusedMultiplyAdd(y, high, -product)));
    }

    private static double ExpWithTail(double x, double tail)
    {
        if (double.IsNaN(x) || x > 710 || x < -746)
        {
            return x > 710 ? double.PositiveInfinity : x < -746 ? 0 : x;
        }

        double n = Math.Floor((x * 1.4426950408889634) + 0.5);
        double high = Math.FusedMultiplyAdd(n, -Ln2HighD, x);
        double r = Math.FusedMultiplyAdd(n, -Ln2LowD, high) + tail;
        double lost = Math.FusedMultiplyAdd(n, -Ln2LowD, high - r) + tail;
        double p = Polynomial(s_exp, r) * r * r;
        double y = 1 + (r + (p + lost));
        int half = (int)n >> 1;
        return y * PowerOfTwo(half) * PowerOfTwo((int)n - half);
    }

    private static double ExpMinusOneReduced(double r) => Math.FusedMultiplyAdd(Polynomial(s_exp, r), r * r, r);

    // ln a as the sum of two numbers, to about 2^-64.
    private static double LogWithTail(double a, out double tail)
    {
        double f = Split(a, out double n) - 1;
        double d = 2 + f;
        double dTail = f - (d - 2);
        double s = f / d;
        double sTail = (Math.FusedMultiplyAdd(-s, d, f) - (s * dTail)) / d;
        double z = s * s;
        double zTail = Math.FusedMultiplyAdd(s, s, -z) + (2 * s * sTail);

        // (2/3) s^3 in two parts, the higher powers in one: ln((1+s)/(1-s)) = 2s + 2/3 s^3 + s^5 (...).
        const double TwoThirds = 0.6666666666666666;
        const double TwoThirdsTail = 3.700743415417188e-17;
        double cube = z * s;
        double cubeTail = Math.FusedMultiplyAdd(z, s, -cube) + (z * sTail) + (zTail * s);
        double third = TwoThirds * cube;
        double thirdTail = Math.FusedMultiplyAdd(TwoThirds, cube, -third) + (TwoThirds * cubeTail) + (TwoThirdsTail * cube);
        double higher = cube * z * Polynomial(s_log.AsSpan(0, s_log.Length - 1), z);

        double sum = Add(n * Ln2HighD, 2 * s, out double lost1);
        sum = Add(sum, third, out double lost2);
        double rest = higher + (thirdTail + (2 * sTail) + lost1 + lost2 + (n * Ln2LowD) + (n * 1.1612227229362532e-26));
        double result = sum + rest;
        tail = rest - (result - sum);
        return result;
    }

    private static double Add(double a, double b, out double lost)
    {
        double sum = a + b;
        double bPart = sum - a;
        lost = (a - (sum - bPart)) + (b - bPart);
        return sum;
    }

    // a = m 2^n with sqrt(1/2) <= m < sqrt(2); a is positive and finite.
    private static double Split(double a, out double n)
    {
        int shift = 0;
        if (a < 2.2250738585072014E-308)
        {
            a *= 18014398509481984; // 2^54
            shift = 54;
        }

        long bits = BitConverter.DoubleToInt64Bits(a);
        long e = (bits - 0x3FE6A09E667F3BCD) >> 52;
        n = e - shift;
        return BitConverter.Int64BitsToDouble(bits - (e << 52));
    }

    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);

    private static double Polynomial(ReadOnlySpan<double> highestFirst, double x)
    {
        double y = highestFirst[0];
        for (int i = 1; i < highestFirst.Length; i++)
        {
            y = Math.FusedMultiplyAdd(y, x, highestFirst[i]);
        }

        return y;
    }

    private static double SinReduced(double r, double tail)
    {
        double z = r * r;
        return r + Math.FusedMultiplyAdd(r * z, Polynomial(s_sin, z), tail * (1 - (z / 2)));
    }

    private static double CosReduced(double r, double tail)
    {
        double z = r * r;
        double half = z / 2;
        double w = 1 - half;
        return w + (1 - w - half + Math.FusedMultiplyAdd(z * z, Polynomial(s_cos, z), -(r * tail)));
    }

    // x = (4 j + quadrant) pi/2 + r + tail with |r| <= pi/4.
    private static int Reduce(double x, out double r, out double tail)
    {
        if (!double.IsFinite(x))
        {
            r = tail = double.NaN;
            return 0;
        }

        if (Math.Abs(x) > 500_000)
        {
            return ReduceLarge(x, out r, out tail);
        }

        double n = Math.Floor((x * 0.6366197723675814) + 0.5);
        double high = Math.FusedMultiplyAdd(n, -1.5707963267341256, x); // exact: 33 bits times at most 19
        double second = n * 6.077100506303966e-11;
        r = high - second;
        tail = high - r - second - (n * 2.0222662487959506e-21);
        return (int)((long)n & 3);
    }

    // Payne and Hanek: |x| = m 2^e; of m 2^e (2/pi) only the bits below 4 matter, 192 of them are taken.
    private static int ReduceLarge(double x, out double r, out double tail)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        ulong m = ((ulong)bits & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000;
        int e = (int)((bits >> 52) & 0x7FF) - 1075;
        int first = e - 2; // index of the bit of 2/pi with weight 2^(1-e); negative: zeros before the point
        ulong w2 = Window(first);
        ulong w1 = Window(first + 64);
        ulong w0 = Window(first + 128);
        UInt128 low = (UInt128)m * w0;
        UInt128 middle = ((UInt128)m * w1) + (low >> 64);
        ulong p2 = (m * w2) + (ulong)(middle >> 64);
        UInt128 fraction = ((UInt128)((p2 << 2) | ((ulong)middle >> 62)) << 64) | (((ulong)middle << 2) | ((ulong)low >> 62));
        int quadrant = (int)(p2 >> 62);
        bool negative = fraction >> 127 != 0;
        if (negative)
        {
            quadrant++;
            fraction = UInt128.Zero - fraction;
        }

        int zeros = (int)UInt128.LeadingZeroCount(fraction);
        UInt128 normal = fraction << zeros;
        double f = (ulong)(normal >> 75); // 53 bits
        double fTail = (ulong)(normal >> 22) & 0x1F_FFFF_FFFF_FFFF;
        double scale = PowerOfTwo(-53 - zeros);
        f *= scale;
        fTail *= scale * PowerOfTwo(-53);
        r = f * HalfPi;
        tail = Math.FusedMultiplyAdd(f, HalfPi, -r) + (f * HalfPiTail) + (fTail * HalfPi);
        if (negative != (x < 0))
        {
            (r, tail) = (-r, -tail);
        }

        return (x < 0 ? -quadrant : quadrant) & 3;
    }

    // 64 bits of 2/pi from the given bit on.
    private static ulong Window(int bit)
    {
        int word = bit >> 6;
        int shift = bit & 63;
        ulong high = word >= 0 ? s_twoOverPi[word] : 0;
        ulong low = word + 1 >= 0 ? s_twoOverPi[word + 1] : 0;
        return shift == 0 ? high : (high << shift) | (low >> (64 - shift));
    }
}
