using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>The functions of two numbers that layers and their gradients are made of.</summary>
public static class BinaryOperators
{
    public readonly struct Add : IBinaryOperator<Add>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => x + y;
    }

    public readonly struct Subtract : IBinaryOperator<Subtract>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => x - y;
    }

    public readonly struct Multiply : IBinaryOperator<Multiply>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => x * y;
    }

    public readonly struct Divide : IBinaryOperator<Divide>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => x / y;
    }

    /// <summary>The larger; NaN if either is NaN.</summary>
    public readonly struct Maximum : IBinaryOperator<Maximum>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => Vector256.Max(x, y);
    }

    /// <summary>The smaller; NaN if either is NaN.</summary>
    public readonly struct Minimum : IBinaryOperator<Minimum>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => Vector256.Min(x, y);
    }

    /// <summary>x^y.</summary>
    public readonly struct Power : IBinaryOperator<Power>
    {
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => Maths.Pow(x, y);
    }

    /// <summary>(x - y)^2.</summary>
    public readonly struct SquaredDifference : IBinaryOperator<SquaredDifference>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => (x - y) * (x - y);
    }

    /// <summary>Gradient through a rectifier: x = dy, y = the rectifier's output or input: dy where it is above 0, else 0.</summary>
    public readonly struct ReluGradient : IBinaryOperator<ReluGradient>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(y, Vector256<float>.Zero), x, Vector256<float>.Zero);
    }

    /// <summary>Gradient through a tanh: x = dy, y = the tanh: dy (1 - y^2).</summary>
    public readonly struct TanhGradient : IBinaryOperator<TanhGradient>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => x * Vector256.FusedMultiplyAdd(-y, y, Vector256<float>.One);
    }

    /// <summary>Gradient through a sigmoid: x = dy, y = the sigmoid: dy y (1 - y).</summary>
    public readonly struct SigmoidGradient : IBinaryOperator<SigmoidGradient>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) => x * (y * (Vector256<float>.One - y));
    }

    /// <summary>x where x is above 0, else x y: a leaky rectifier with slope y.</summary>
    public readonly struct LeakyRelu : IBinaryOperator<LeakyRelu>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, x * y);
    }
}
