namespace YarnDL.Tensors.Kernels;

/// <summary>Writes a product ((kernel position, channel), output channels) to convolution weights (output channels, channels, kernel positions).</summary>
internal unsafe struct TapStore(float* weights, long channels, long kernelPositions) : IProductStore
{
    public readonly void Store(float* tile, int stride, long i, int height, long j, int width)
    {
        for (int r = 0; r < height; r++)
        {
            long tap = ((i + r) % channels * kernelPositions) + ((i + r) / channels);
            for (int c = 0; c < width; c++)
            {
                weights[((j + c) * channels * kernelPositions) + tap] = tile[(r * stride) + c];
            }
        }
    }
}
