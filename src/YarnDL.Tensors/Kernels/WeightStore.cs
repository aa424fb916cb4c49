using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>Writes a product (output channels, (kernel position, channel)) to convolution weights (output channels, channels, kernel positions).</summary>
internal unsafe struct WeightStore(float* weights, long channels, long kernelPositions) : IProductStore
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store(float* tile, int stride, long i, int height, long j, int width)
    {
        for (int c = 0; c < width; c++)
        {
            long column = ((j + c) % channels * kernelPositions) + ((j + c) / channels);
            for (int r = 0; r < height; r++)
            {
                weights[((i + r) * channels * kernelPositions) + column] = tile[(r * stride) + c];
            }
        }
    }
}
