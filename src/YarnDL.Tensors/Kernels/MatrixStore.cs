using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>Writes a product to a row-major matrix, with a bias per column and an activation.</summary>
internal unsafe struct MatrixStore(float* c, long stride, float* bias, Activation activation) : IProductStore
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store(float* tile, int tileStride, long i, int height, long j, int width)
    {
        for (int r = 0; r < height; r++)
        {
            float* source = tile + (r * tileStride);
            float* target = c + ((i + r) * stride) + j;
            int x = 0;
            for (; x + 8 <= width; x += 8)
            {
                Vector256<float> v = Vector256.Load(source + x);
                v = bias == null ? v : v + Vector256.Load(bias + j + x);
                Activations.Apply(v, activation).Store(target + x);
            }

            for (; x < width; x++)
            {
                target[x] = Activations.Apply(bias == null ? source[x] : source[x] + bias[j + x], activation);
            }
        }
    }
}
