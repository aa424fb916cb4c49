namespace YarnDL.Tensors.Kernels;

/// <summary>The implementations of <see cref="IMicroKernel"/>.</summary>
internal enum MicroKernel
{
    Portable,
    Avx2,
    Avx512,
}
