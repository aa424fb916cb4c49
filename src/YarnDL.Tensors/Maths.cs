using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors;

/// <summary>
/// Own elementary functions: fused multiply-add polynomials whose bits are the same on every CPU, which the system's libm does not promise.
/// The float32 functions (here) work on vectors; a scalar call gives the bits of a lane. Error bounds are in docs/maths.md and tested.
/// </summary>
public static partial class Maths
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693145752f; // 15 bits: n * Ln2High is exact
    private const float Ln2Low = 1.42860677e-06f;
    private const float RoundToInteger = 12582912f; // 1.5 * 2^23: adding it rounds to an integer in the low bits

    /// <summary>e^x; at most 1.0 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        Vector256<float> c = Vector256.MinNative(Vector256.MaxNative(x, Vector256.Create(-105f)), Vector256.Create(90f));
        Vector256<float> p = ExpMinusOneReduced(c, out Vector256<int> n);
        Vector256<int> half = Vector256.ShiftRightArithmetic(n, 1);
        Vector256<float> y = (p + Vector256<float>.One) * PowerOfTwo(half) * PowerOfTwo(n - half);
        return KeepNaN(x, y);
    }

    /// <summary>e^x - 1; at most 2.0 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Expm1(Vector256<float> x)
    {
        Vector256<float> c = Vector256.MinNative(Vector256.MaxNative(x, Vector256.Create(-20f)), Vector256.Create(89f));
        Vector256<float> p = ExpMinusOneReduced(c, out Vector256<int> n);
        Vector256<float> halfScale = PowerOfTwo(n - Vector256<int>.One);
        Vector256<float> scaled = Vector256.FusedMultiplyAdd(halfScale, p, halfScale - Vector256.Create(0.5f)) * Vector256.Create(2f);
        Vector256<float> y = Vector256.ConditionalSelect(Vector256.Equals(n, Vector256<int>.Zero).AsSingle(), p, scaled);
        return KeepNaN(x, CopySign(y, x));
    }

    /// <summary>Natural logarithm; at most 1.0 ulp off. 0 gives -Infinity, below 0 gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x)
    {
        Vector256<float> tiny = Vector256.LessThan(x, Vector256.Create(1.17549435e-38f));
        Vector256<int> bits = Vector256.ConditionalSelect(tiny, x * Vector256.Create(8388608f), x).AsInt32();
        Vector256<int> e = Vector256.ShiftRightArithmetic(bits - Vector256.Create(0x3F3504F3), 23);
        Vector256<float> f = (bits - Vector256.ShiftLeft(e, 23)).AsSingle() - Vector256<float>.One;
        Vector256<float> n = Vector256.ConvertToSingle(e - (tiny.AsInt32() & Vector256.Create(23)));
        Vector256<float> q = Vector256.Create(0.0697162077f);
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(-0.114797488f));
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(0.116854236f));
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(-0.124256857f));
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(0.142490566f));
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(-0.166678026f));
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(0.200007156f));
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(-0.24999997f));
        q = Vector256.FusedMultiplyAdd(q, f, Vector256.Create(0.333333313f));
        Vector256<float> square = f * f;
        Vector256<float> y = Vector256.FusedMultiplyAdd(q, f * square, n * Vector256.Create(Ln2Low));
        y = Vector256.FusedMultiplyAdd(Vector256.Create(-0.5f), square, y);
        y = Vector256.FusedMultiplyAdd(n, Vector256.Create(Ln2High), f + y);
        y = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256.Create(float.PositiveInfinity)), x, y);
        y = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), y);
        y = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256.Create(float.NaN), y);
        return KeepNaN(x, y);
    }

    /// <summary>ln(1 + x); at most 2.0 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1p(Vector256<float> x)
    {
        Vector256<float> u = x + Vector256<float>.One;
        Vector256<float> lost = x - (u - Vector256<float>.One);
        Vector256<float> y = Log(u) + (lost / u);
        Vector256<float> special = Vector256.Equals(u, Vector256<float>.Zero) | Vector256.Equals(u, Vector256.Create(float.PositiveInfinity));
        y = Vector256.ConditionalSelect(special, Log(u), y);
        return KeepNaN(x, y | (x & Vector256.Create(-0f)));
    }

    /// <summary>Hyperbolic tangent; at most 3.0 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> a = Vector256.MinNative(Vector256.Abs(x), Vector256.Create(10f));
        Vector256<float> e = Expm1(a + a);
        return KeepNaN(x, CopySign(e / (e + Vector256.Create(2f)), x));
    }

    /// <summary>1 / (1 + e^-x); at most 2.5 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        Vector256<float> e = Exp(-Vector256.Abs(x));
        Vector256<float> numerator = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), e, Vector256<float>.One);
        return numerator / (Vector256<float>.One + e);
    }

    /// <summary>Error function; at most 1.5 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x)
    {
        Vector256<float> a = Vector256.MinNative(Vector256.Abs(x), Vector256.Create(4f));
        Vector256<float> s = a * a;
        Vector256<float> near = Vector256.Create(-0.000596731086f);
        near = Vector256.FusedMultiplyAdd(near, s, Vector256.Create(0.00498890597f));
        near = Vector256.FusedMultiplyAdd(near, s, Vector256.Create(-0.0267639942f));
        near = Vector256.FusedMultiplyAdd(near, s, Vector256.Create(0.112817541f));
        near = Vector256.FusedMultiplyAdd(near, s, Vector256.Create(-0.376124889f));
        near = Vector256.FusedMultiplyAdd(near, s, Vector256.Create(0.128379151f));
        near = Vector256.FusedMultiplyAdd(near, a, a);
        Vector256<float> far = Vector256.Create(-1.65646998e-05f);
        far = Vector256.FusedMultiplyAdd(far, a, Vector256.Create(0.000373085379f));
        far = Vector256.FusedMultiplyAdd(far, a, Vector256.Create(-0.00382942543f));
        far = Vector256.FusedMultiplyAdd(far, a, Vector256.Create(0.0241097175f));
        far = Vector256.FusedMultiplyAdd(far, a, Vector256.Create(-0.106573328f));
        far = Vector256.FusedMultiplyAdd(far, a, Vector256.Create(-0.63499403f));
        far = Vector256.FusedMultiplyAdd(far, a, Vector256.Create(-0.128675014f));
        far = Vector256<float>.One - Exp(Vector256.FusedMultiplyAdd(far, a, -a));
        Vector256<float> y = Vector256.ConditionalSelect(Vector256.LessThan(a, Vector256.Create(0.92f)), near, far);
        return KeepNaN(x, CopySign(y, x));
    }

    /// <summary>Arc tangent in radians; at most 3.0 ulp off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Atan(Vector256<float> x)
    {
        Vector256<float> one = Vector256<float>.One;
        Vector256<float> a = Vector256.Abs(x);
        Vector256<float> large = Vector256.GreaterThan(a, Vector256.Create(2.41421366f));
        Vector256<float> middle = Vector256.AndNot(Vector256.GreaterThan(a, Vector256.Create(0.414213568f)), large);
        Vector256<float> offset = Vector256.ConditionalSelect(large, Vector256.Create(1.57079637f), middle & Vector256.Create(0.785398185f));
        Vector256<float> t = Vector256.ConditionalSelect(large, -one / a, Vector256.ConditionalSelect(middle, (a - one) / (a + one), a));
        Vector256<float> s = t * t;
        Vector256<float> p = Vector256.Create(0.0805374458f);
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(-0.138776854f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(0.199777111f));
        p = Vector256.FusedMultiplyAdd(p, s, Vector256.Create(-0.333329499f));
        Vector256<float> y = offset + Vector256.FusedMultiplyAdd(p, s * t, t);
        return KeepNaN(x, CopySign(y, x));
    }

    /// <summary>Sine of radians, any size; at most 0.6 ulp off.</summary>
    public static Vector256<float> Sin(Vector256<float> x)
    {
        Vector256<float> y = default;
        for (int i = 0; i < 8; i++)
        {
            y = y.WithElement(i, (float)Sin((double)x[i]));
        }

        return y;
    }

    /// <summary>Cosine of radians, any size; at most 0.6 ulp off.</summary>
    public static Vector256<float> Cos(Vector256<float> x)
    {
        Vector256<float> y = default;
        for (int i = 0; i < 8; i++)
        {
            y = y.WithElement(i, (float)Cos((double)x[i]));
        }

        return y;
    }

    /// <summary>x^y with the special cases of IEEE 754 pow; at most 0.6 ulp off.</summary>
    public static Vector256<float> Pow(Vector256<float> x, Vector256<float> y)
    {
        Vector256<float> z = default;
        for (int i = 0; i < 8; i++)
        {
            z = z.WithElement(i, (float)Pow((double)x[i], y[i]));
        }

        return z;
    }

    /// <inheritdoc cref="Exp(Vector256{float})"/>
    public static float Exp(float x) => Exp(Vector256.Create(x)).ToScalar();

    /// <inheritdoc cref="Expm1(Vector256{float})"/>
    public static float Expm1(float x) => Expm1(Vector256.Create(x)).ToScalar();

    /// <inheritdoc cref="Log(Vector256{float})"/>
    public static float Log(float x) => Log(Vector256.Create(x)).ToScalar();

    /// <inheritdoc cref="Log1p(Vector256{float})"/>
    public static float Log1p(float x) => Log1p(Vector256.Create(x)).ToScalar();

    /// <inheritdoc cref="Tanh(Vector256{float})"/>
    public static float Tanh(float x) => Tanh(Vector256.Create(x)).ToScalar();

    /// <inheritdoc cref="Sigmoid(Vector256{float})"/>
    public static float Sigmoid(float x) => Sigmoid(Vector256.Create(x)).ToScalar();

    /// <inheritdoc cref="Erf(Vector256{float})"/>
    public static float Erf(float x) => Erf(Vector256.Create(x)).ToScalar();

    /// <inheritdoc cref="Sin(Vector256{float})"/>
    public static float Sin(float x) => (float)Sin((double)x);

    /// <inheritdoc cref="Cos(Vector256{float})"/>
    public static float Cos(float x) => (float)Cos((double)x);

    /// <inheritdoc cref="Pow(Vector256{float}, Vector256{float})"/>
    public static float Pow(float x, float y) => (float)Pow((double)x, y);

    // x = n ln 2 + r with |r| <= 0.347; returns e^r - 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ExpMinusOneReduced(Vector256<float> x, out Vector256<int> n)
    {
        Vector256<float> t = Vector256.FusedMultiplyAdd(x, Vector256.Create(Log2E), Vector256.Create(RoundToInteger));
        n = t.AsInt32() - Vector256.Create(RoundToInteger).AsInt32();
        Vector256<float> k = t - Vector256.Create(RoundToInteger);
        Vector256<float> r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Ln2High), x);
        r = Vector256.FusedMultiplyAdd(k, Vector256.Create(-Ln2Low), r);
        Vector256<float> p = Vector256.Create(0.000198912792f);
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.00139339105f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.00833331048f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.041666463f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.166666672f));
        p = Vector256.FusedMultiplyAdd(p, r, Vector256.Create(0.5f));
        return Vector256.FusedMultiplyAdd(p, r * r, r);
    }

    // 2^n for -126 <= n <= 127.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> n) => Vector256.ShiftLeft(n + Vector256.Create(127), 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> CopySign(Vector256<float> y, Vector256<float> sign) =>
        Vector256.ConditionalSelect(Vector256.Create(-0f), sign, y);

    // A NaN argument gives the one quiet NaN, whatever its payload.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> KeepNaN(Vector256<float> x, Vector256<float> y) =>
        Vector256.ConditionalSelect(Vector256.Equals(x, x), y, Vector256.Create(float.NaN));
}
