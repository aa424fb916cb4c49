using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using YarnDL.Tensors;

namespace YarnDL.Bench;

/// <summary>The most floating point operations that the pool's threads can do: independent chains of fused multiply-adds in registers.</summary>
internal struct FmaPeak : IParallelJob
{
    private const long Rounds = 1_000_000;
    private const int Chains = 12;

    private float _sink;

    /// <summary>Operations per item.</summary>
    public static double Flops => 2.0 * Rounds * Chains * (Avx512F.IsSupported ? 16 : 8);

    public void Execute(long item, int thread) => _sink += Avx512F.IsSupported ? Wide() : Narrow();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Narrow()
    {
        Vector256<float> a = Vector256.Create(0.5f), b = Vector256.Create(0.25f);
        Vector256<float> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (long i = 0; i < Rounds; i++)
        {
            c0 = Vector256.FusedMultiplyAdd(a, c0, b);
            c1 = Vector256.FusedMultiplyAdd(a, c1, b);
            c2 = Vector256.FusedMultiplyAdd(a, c2, b);
            c3 = Vector256.FusedMultiplyAdd(a, c3, b);
            c4 = Vector256.FusedMultiplyAdd(a, c4, b);
            c5 = Vector256.FusedMultiplyAdd(a, c5, b);
            c6 = Vector256.FusedMultiplyAdd(a, c6, b);
            c7 = Vector256.FusedMultiplyAdd(a, c7, b);
            c8 = Vector256.FusedMultiplyAdd(a, c8, b);
            c9 = Vector256.FusedMultiplyAdd(a, c9, b);
            c10 = Vector256.FusedMultiplyAdd(a, c10, b);
            c11 = Vector256.FusedMultiplyAdd(a, c11, b);
        }

        return (c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide()
    {
        Vector512<float> a = Vector512.Create(0.5f), b = Vector512.Create(0.25f);
        Vector512<float> c0 = a, c1 = a, c2 = a, c3 = a, c4 = a, c5 = a, c6 = a, c7 = a, c8 = a, c9 = a, c10 = a, c11 = a;
        for (long i = 0; i < Rounds; i++)
        {
            c0 = Avx512F.FusedMultiplyAdd(a, c0, b);
            c1 = Avx512F.FusedMultiplyAdd(a, c1, b);
            c2 = Avx512F.FusedMultiplyAdd(a, c2, b);
            c3 = Avx512F.FusedMultiplyAdd(a, c3, b);
            c4 = Avx512F.FusedMultiplyAdd(a, c4, b);
            c5 = Avx512F.FusedMultiplyAdd(a, c5, b);
            c6 = Avx512F.FusedMultiplyAdd(a, c6, b);
            c7 = Avx512F.FusedMultiplyAdd(a, c7, b);
            c8 = Avx512F.FusedMultiplyAdd(a, c8, b);
            c9 = Avx512F.FusedMultiplyAdd(a, c9, b);
            c10 = Avx512F.FusedMultiplyAdd(a, c10, b);
            c11 = Avx512F.FusedMultiplyAdd(a, c11, b);
        }

        return (c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11).ToScalar();
    }
}
