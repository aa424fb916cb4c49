using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>Writes a product (channels, rows x positions) to the pixels of an NCHW tensor that one <see cref="StrideClass"/> holds.</summary>
/// <param name="data">First channel of the group in row 0.</param>
/// <param name="negativeZero">Becomes 1 when a result is -0: skipped terms could have made it +0.</param>
internal unsafe struct StrideStore(float* data, ConvolutionShape shape, StrideClass place, int* negativeZero) : IProductStore
{
    private readonly float* _data = data + (place.Height.Start * shape.Width) + place.Width.Start;
    private readonly long _rowStride = shape.InputElements;
    private readonly long _planeStride = shape.Height * shape.Width;
    private readonly long _lineStride = shape.StrideHeight * shape.Width;
    private readonly nint _step = (nint)shape.StrideWidth;
    private readonly long _columns = place.Width.Outputs;
    private readonly long _positions = place.Positions;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Store(float* tile, int stride, long i, int height, long j, int width)
    {
        for (int done = 0; done < width;)
        {
            long row = (j + done) / _positions;
            long position = (j + done) % _positions;
            long column = position % _columns;
            int take = (int)Math.Min(width - done, _columns - column);
            float* target = _data + (row * _rowStride) + (i * _planeStride) + (position / _columns * _lineStride) + (column * _step);
            for (int r = 0; r < height; r++)
            {
                Line(tile + (r * stride) + done, target + (r * _planeStride), take);
            }

            done += take;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Line(float* source, float* target, int count)
    {
        int found = 0;
        for (int x = 0; x < count; x++)
        {
            float v = source[x];
            found |= BitConverter.SingleToInt32Bits(v) == int.MinValue ? 1 : 0;
            target[x * _step] = v;
        }

        if (found != 0)
        {
            *negativeZero = 1;
        }
    }
}
