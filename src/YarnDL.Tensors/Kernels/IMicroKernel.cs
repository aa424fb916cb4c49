namespace YarnDL.Tensors.Kernels;

/// <summary>
/// The innermost loop of matrix products: a tile (height, Width) of chains of fused multiply-adds over ascending k.
/// All implementations give the same bits; they differ in vector width.
/// </summary>
internal unsafe interface IMicroKernel
{
    /// <summary>Most rows of a tile.</summary>
    static abstract int Height { get; }

    /// <summary>Columns of a tile.</summary>
    static abstract int Width { get; }

    /// <summary>tile[i, j] = chain over k of a[k * height + i] * b[k * strideB + j], from +0 or, if it goes on, from the tile's content.</summary>
    static abstract void Run(int height, nint terms, float* a, float* b, nint strideB, float* tile, bool goesOn);

    /// <summary>tile[i, j] = chain over k from +0 of a[k * height + i] * source[offsets[k] + j]: the columns are neighbouring pixels, the terms taps.</summary>
    static abstract void RunTaps(int height, nint terms, float* a, float* source, int* offsets, float* tile);

    /// <summary>tile[i, j] = chain over k, from +0 or the tile's content, of source[pixels[k] + taps[i]] * b[k * Width + j]: the terms are pixels, the rows taps.</summary>
    static abstract void RunPixels(int height, nint terms, float* source, int* pixels, int* taps, float* b, float* tile, bool goesOn);
}
