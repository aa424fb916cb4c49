using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace YarnDL.Tensors;

/// <summary>
/// Which micro-kernels of matrix products and convolutions this process runs, chosen once. All of them give the same bits.
/// AVX-512 is asked for by its instruction set: the runtime calls 512-bit vectors "not accelerated" on CPUs where they run at full speed.
/// </summary>
public static class CpuPath
{
    public const string Avx512 = "avx512";
    public const string Avx2 = "avx2";
    public const string Portable = "portable";

    /// <summary>avx512, avx2 or portable.</summary>
    public static string Name { get; } = Avx512F.IsSupported ? Avx512 : Vector256.IsHardwareAccelerated && Fma.IsSupported ? Avx2 : Portable;
}
