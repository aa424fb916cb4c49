using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>The functions of one number that layers are made of.</summary>
public static class UnaryOperators
{
    public readonly struct Identity : IUnaryOperator<Identity>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => x;
    }

    public readonly struct Negate : IUnaryOperator<Negate>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => -x;
    }

    public readonly struct Abs : IUnaryOperator<Abs>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Abs(x);
    }

    /// <summary>-1, 0 or 1; NaN stays.</summary>
    public readonly struct Sign : IUnaryOperator<Sign>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.ConditionalSelect(
            Vector256.GreaterThan(x, Vector256<float>.Zero),
            Vector256<float>.One,
            Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256.Create(-1f), x));
    }

    public readonly struct Square : IUnaryOperator<Square>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => x * x;
    }

    public readonly struct Sqrt : IUnaryOperator<Sqrt>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Sqrt(x);
    }

    public readonly struct Reciprocal : IUnaryOperator<Reciprocal>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256<float>.One / x;
    }

    public readonly struct Floor : IUnaryOperator<Floor>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Floor(x);
    }

    public readonly struct Ceiling : IUnaryOperator<Ceiling>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Ceiling(x);
    }

    /// <summary>To the nearest integer, halves to even.</summary>
    public readonly struct Round : IUnaryOperator<Round>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Round(x, MidpointRounding.ToEven);
    }

    public readonly struct Exp : IUnaryOperator<Exp>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Exp(x);
    }

    public readonly struct Log : IUnaryOperator<Log>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Log(x);
    }

    public readonly struct Log1p : IUnaryOperator<Log1p>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Log1p(x);
    }

    public readonly struct Expm1 : IUnaryOperator<Expm1>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Expm1(x);
    }

    public readonly struct Atan : IUnaryOperator<Atan>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Atan(x);
    }

    public readonly struct Sin : IUnaryOperator<Sin>
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Sin(x);
    }

    public readonly struct Cos : IUnaryOperator<Cos>
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Cos(x);
    }

    public readonly struct Erf : IUnaryOperator<Erf>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Erf(x);
    }

    public readonly struct Tanh : IUnaryOperator<Tanh>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Tanh(x);
    }

    public readonly struct Sigmoid : IUnaryOperator<Sigmoid>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Maths.Sigmoid(x);
    }

    /// <summary>max(x, 0); NaN stays, -0 becomes 0.</summary>
    public readonly struct Relu : IUnaryOperator<Relu>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) =>
            Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<float>.Zero), Vector256<float>.Zero, x);
    }

    /// <summary>ln(1 + e^x) = max(x, 0) + ln(1 + e^-|x|).</summary>
    public readonly struct Softplus : IUnaryOperator<Softplus>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) => Relu.Invoke(x) + Maths.Log1p(Maths.Exp(-Vector256.Abs(x)));
    }

    /// <summary>x / 2 (1 + erf(x / sqrt 2)).</summary>
    public readonly struct Gelu : IUnaryOperator<Gelu>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x) =>
            x * Vector256.Create(0.5f) * (Vector256<float>.One + Maths.Erf(x * Vector256.Create(0.707106769f)));
    }
}
