using System.Numerics;

namespace YarnDL.Tensors.Tests;

/// <summary>Elementary functions to about 1200 bits by fixed-point series: what the float64 functions are measured against.</summary>
internal static class BigReal
{
    private const int Bits = 1300;

    private static readonly BigInteger s_one = BigInteger.One << Bits;
    private static readonly BigInteger s_ln2 = LogNear(2 * s_one);
    private static readonly BigInteger s_pi = 4 * ((4 * ArcTangentOfInverse(5)) - ArcTangentOfInverse(239));

    public static BigInteger Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 0x10_0000_0000_0000);
        int shift = Math.Max(exponent, 1) - 1075 + Bits;
        BigInteger value = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return bits < 0 ? -value : value;
    }

    /// <summary>How far a result is from the truth, in units of its last place (not below that of the smallest normal number).</summary>
    public static double Ulps(double result, BigInteger truth)
    {
        int exponent = (int)BigInteger.Abs(truth).GetBitLength() - Bits - 1;
        int ulp = Math.Max(exponent - 52, -1074);
        BigInteger error = BigInteger.Abs(Of(result) - truth);
        int shift = Bits + ulp - 20;
        return (double)(shift >= 0 ? error >> shift : error << -shift) / (1 << 20);
    }

    public static BigInteger Exp(BigInteger x)
    {
        BigInteger n = BigInteger.Divide(x, s_ln2);
        BigInteger r = x - (n * s_ln2);
        const int Halvings = 16;
        r >>= Halvings;
        BigInteger sum = s_one;
        BigInteger term = s_one;
        for (int i = 1; !term.IsZero && i < 400; i++)
        {
            term = Multiply(term, r) / i;
            sum += term;
        }

        for (int i = 0; i < Halvings; i++)
        {
            sum = Multiply(sum, sum);
        }

        int shift = (int)n;
        return shift >= 0 ? sum << shift : sum >> -shift;
    }

    public static BigInteger Log(BigInteger x)
    {
        int n = (int)x.GetBitLength() - Bits - 1;
        BigInteger m = n >= 0 ? x >> n : x << -n;
        return LogNear(m) + (n * s_ln2);
    }

    public static (BigInteger Sin, BigInteger Cos) SinCos(BigInteger x)
    {
        BigInteger n = BigInteger.Divide((2 * x) + (s_pi / 2), s_pi);
        BigInteger r = x - (n * s_pi / 2);
        BigInteger square = Multiply(r, r);
        BigInteger sin = Series(r, square, 1);
        BigInteger cos = Series(s_one, square, 0);
        return (int)(((n % 4) + 4) % 4) switch { 0 => (sin, cos), 1 => (cos, -sin), 2 => (-sin, -cos), _ => (-cos, sin) };
    }

    public static BigInteger Erf(BigInteger x)
    {
        // 2/sqrt(pi) sum (-1)^n x^(2n+1) / (n! (2n+1))
        BigInteger square = Multiply(x, x);
        BigInteger sum = 0;
        BigInteger power = x;
        for (int n = 0; !power.IsZero && n < 2000; n++)
        {
            sum += power / ((2 * n) + 1) * (n % 2 == 0 ? 1 : -1);
            power = Multiply(power, square) / (n + 1);
        }

        return Divide(2 * sum, SquareRoot(s_pi));
    }

    public static BigInteger Tanh(BigInteger x)
    {
        BigInteger e = Exp(2 * x);
        return Divide(e - s_one, e + s_one);
    }

    public static BigInteger Pow(BigInteger x, BigInteger y) => Exp(Multiply(Log(x), y));

    public static BigInteger One => s_one;

    public static BigInteger Multiply(BigInteger a, BigInteger b) => (a * b) >> Bits;

    private static BigInteger Divide(BigInteger a, BigInteger b) => (a << Bits) / b;

    private static BigInteger Series(BigInteger first, BigInteger square, int from)
    {
        BigInteger sum = 0;
        BigInteger term = first;
        for (int i = from; !term.IsZero && i < 800; i += 2)
        {
            sum += term;
            term = -Multiply(term, square) / ((i + 1) * (i + 2));
        }

        return sum;
    }

    // ln m = 2 atanh((m-1)/(m+1)).
    private static BigInteger LogNear(BigInteger m)
    {
        BigInteger s = Divide(m - s_one, m + s_one);
        BigInteger square = Multiply(s, s);
        BigInteger sum = 0;
        for (int i = 1; !s.IsZero; i += 2)
        {
            sum += s / i;
            s = Multiply(s, square);
        }

        return 2 * sum;
    }

    private static BigInteger ArcTangentOfInverse(int x)
    {
        BigInteger power = s_one / x;
        BigInteger sum = 0;
        for (int i = 1, sign = 1; !power.IsZero; i += 2, sign = -sign)
        {
            sum += sign * power / i;
            power /= x * x;
        }

        return sum;
    }

    private static BigInteger SquareRoot(BigInteger x)
    {
        BigInteger target = x << Bits;
        BigInteger root = BigInteger.One << ((int)target.GetBitLength() / 2 + 1);
        for (; ; )
        {
            BigInteger next = (root + (target / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
