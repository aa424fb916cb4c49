using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// One image with its padding, as far as the taps of a convolution reach: output pixel (oh, ow) and tap k lie at
/// oh * RowStep + ow * ColumnStep + offset[k], whatever the padding.
/// </summary>
internal unsafe struct PaddedImage
{
    private readonly PixelGather _taps;
    private readonly int _kernelHeight;
    private readonly int _padTop;
    private readonly int _padLeft;
    private readonly int _height;
    private readonly int _width;

    public PaddedImage(in PixelGather taps, long terms)
    {
        _taps = taps;
        _kernelHeight = (int)(terms / taps.Channels / taps.KernelWidth);
        OutputHeight = (int)(taps.Positions / taps.OutputWidth);
        Extent(taps.OffsetHeight, taps.StepHeight, _kernelHeight, taps.ScaleHeight, OutputHeight, out _padTop, out _height);
        Extent(taps.OffsetWidth, taps.StepWidth, taps.KernelWidth, taps.ScaleWidth, taps.OutputWidth, out _padLeft, out _width);
    }

    public int OutputHeight { get; }

    public readonly int RowStep => _taps.ScaleHeight * _width;

    public readonly int ColumnStep => _taps.ScaleWidth;

    public readonly long Floats => (long)_taps.Channels * _height * _width;

    /// <summary>Copies the image of one row; slack floats beyond it become 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Fill(long row, float* image, int slack)
    {
        float* source = _taps.Source + (row * _taps.RowStride);
        int from = Math.Max(0, _padLeft);
        int to = Math.Max(from, Math.Min(_width, _padLeft + _taps.Width));
        for (int c = 0; c < _taps.Channels; c++)
        {
            for (int h = 0; h < _height; h++)
            {
                float* target = image + ((((long)c * _height) + h) * _width);
                int at = h - _padTop;
                if ((uint)at >= (uint)_taps.Height)
                {
                    new Span<float>(target, _width).Clear();
                    continue;
                }

                new Span<float>(target, from).Clear();
                Packing.Copy(source + (c * _taps.PlaneStride) + ((long)at * _taps.Width) + from - _padLeft, target + from, to - from);
                new Span<float>(target + to, _width - to).Clear();
            }
        }

        new Span<float>(image + Floats, slack).Clear();
    }

    /// <summary>The place of every tap, seen from the place of its pixel.</summary>
    public readonly void TapOffsets(int* offsets)
    {
        int top = _padTop + _taps.OffsetHeight;
        int left = _padLeft + _taps.OffsetWidth;
        for (int k = 0, kh = 0; kh < _kernelHeight; kh++)
        {
            for (int kw = 0; kw < _taps.KernelWidth; kw++)
            {
                for (int c = 0; c < _taps.Channels; c++)
                {
                    offsets[k++] = (((c * _height) + top + (kh * _taps.StepHeight)) * _width) + left + (kw * _taps.StepWidth);
                }
            }
        }
    }

    /// <summary>The place of every output pixel.</summary>
    public readonly void PixelOffsets(int* offsets)
    {
        for (int p = 0, oh = 0; oh < OutputHeight; oh++)
        {
            for (int ow = 0; ow < _taps.OutputWidth; ow++)
            {
                offsets[p++] = (oh * RowStep) + (ow * ColumnStep);
            }
        }
    }

    // Source coordinates run from -pad to extent - pad - 1.
    private static void Extent(int offset, int step, int kernel, int scale, int outputs, out int pad, out int extent)
    {
        int reach = step * (kernel - 1);
        pad = -(offset + Math.Min(reach, 0));
        extent = (scale * (outputs - 1)) + Math.Abs(reach) + 1;
    }
}
