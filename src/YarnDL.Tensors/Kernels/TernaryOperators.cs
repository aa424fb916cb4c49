using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>The functions of three numbers that layers are made of.</summary>
public static class TernaryOperators
{
    /// <summary>x y + z, rounded once.</summary>
    public readonly struct MultiplyAdd : ITernaryOperator<MultiplyAdd>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.FusedMultiplyAdd(x, y, z);
    }

    /// <summary>y where x is not 0, else z.</summary>
    public readonly struct Where : ITernaryOperator<Where>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y, Vector256<float> z) =>
            Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), z, y);
    }

    /// <summary>x limited to y .. z; NaN stays.</summary>
    public readonly struct Clip : ITernaryOperator<Clip>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Invoke(Vector256<float> x, Vector256<float> y, Vector256<float> z) => Vector256.Min(Vector256.Max(x, y), z);
    }
}
