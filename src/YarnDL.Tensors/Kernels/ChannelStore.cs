using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>Writes a product (channels, rows x positions) to an NCHW tensor, with a bias per channel and an activation.</summary>
internal unsafe struct ChannelStore(float* data, long rowStride, long positions, float* bias, Activation activation) : IProductStore
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store(float* tile, int stride, long i, int height, long j, int width)
    {
        for (int done = 0; done < width;)
        {
            long row = (j + done) / positions;
            long position = (j + done) % positions;
            int take = (int)Math.Min(width - done, positions - position);
            float* target = data + (row * rowStride) + (i * positions) + position;
            for (int r = 0; r < height; r++)
            {
                Line(tile + (r * stride) + done, target + (r * positions), take, bias == null ? 0 : bias[i + r]);
            }

            done += take;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Line(float* source, float* target, int count, float shift)
    {
        Vector256<float> shifts = Vector256.Create(shift);
        int x = 0;
        for (; x + 8 <= count; x += 8)
        {
            Vector256<float> v = Vector256.Load(source + x);
            v = bias == null ? v : v + shifts;
            Activations.Apply(v, activation).Store(target + x);
        }

        for (; x < count; x++)
        {
            target[x] = Activations.Apply(bias == null ? source[x] : source[x] + shift, activation);
        }
    }
}
