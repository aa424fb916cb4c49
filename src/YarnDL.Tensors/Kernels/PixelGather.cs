using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Reads the taps of a convolution out of an NCHW source: line k = (kernel row, kernel column, channel) holds, for a range of pixels
/// (row, output row, output column), the source element under that tap, 0 in the padding.
/// For output pixel (oh, ow) and tap (kh, kw) the source coordinate is oh * Scale + kh * Step + Offset, divided by Divisor where that leaves no rest. Scale or divisor is 1.
/// </summary>
internal unsafe struct PixelGather
{
    public float* Source; // first channel of the group in row 0
    public long RowStride;
    public long PlaneStride;
    public int Height;
    public int Width;
    public int OutputWidth;
    public long Positions;
    public int Channels;
    public int KernelWidth;
    public int ScaleHeight;
    public int ScaleWidth;
    public int StepHeight;
    public int StepWidth;
    public int OffsetHeight;
    public int OffsetWidth;
    public int DivisorHeight;
    public int DivisorWidth;

    /// <summary>Neighbouring pixels of one output row.</summary>
    public struct Run
    {
        public float* Source;
        public int At;
        public int Length;
        public int Height;
        public int Width;
    }

    /// <summary>Cuts pixels pixel .. pixel+count-1 into runs; returns their number, at most count.</summary>
    public readonly int Runs(long pixel, int count, Run* runs)
    {
        long row = pixel / Positions;
        int inRow = (int)(pixel % Positions);
        int oh = inRow / OutputWidth;
        int ow = inRow % OutputWidth;
        int outputHeight = (int)(Positions / OutputWidth);
        int n = 0;
        for (int at = 0; at < count;)
        {
            int length = Math.Min(OutputWidth - ow, count - at);
            runs[n++] = new Run
            {
                Source = Source + (row * RowStride),
                At = at,
                Length = length,
                Height = (oh * ScaleHeight) + OffsetHeight,
                Width = (ow * ScaleWidth) + OffsetWidth,
            };
            at += length;
            ow = 0;
            if (++oh == outputHeight)
            {
                oh = 0;
                row++;
            }
        }

        return n;
    }

    /// <summary>target[l * lineStride + i] = element of line k + l at pixel i of the runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Gather(float* target, nint lineStride, long k, int lines, Run* runs, int runCount)
    {
        int tap = (int)(k / Channels);
        int channel = (int)(k % Channels);
        int kh = tap / KernelWidth;
        int kw = tap % KernelWidth;
        while (lines > 0)
        {
            int take = Math.Min(lines, Channels - channel);
            for (int r = 0; r < runCount; r++)
            {
                ref Run run = ref runs[r];
                int h = run.Height + (kh * StepHeight);
                int w = run.Width + (kw * StepWidth);
                float* source = run.Source + (channel * PlaneStride);
                if (DivisorHeight != 1 || DivisorWidth != 1)
                {
                    Divided(source, target + run.At, lineStride, take, h, w, run.Length);
                }
                else if ((uint)h >= (uint)Height)
                {
                    Zero(target + run.At, lineStride, take, run.Length);
                }
                else
                {
                    Straight(source + ((long)h * Width) + w, target + run.At, lineStride, take, w, run.Length);
                }
            }

            target += take * lineStride;
            lines -= take;
            channel = 0;
            if (++kw == KernelWidth)
            {
                kw = 0;
                kh++;
            }
        }
    }

    // One run of one tap for several channels; the part inside the source is the same for all of them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Straight(float* source, float* target, nint lineStride, int lines, int w, int length)
    {
        if (ScaleWidth == 1 && w >= 0 && w + length <= Width)
        {
            for (int l = 0; l < lines; l++)
            {
                Packing.Copy(source, target, length);
                source += PlaneStride;
                target += lineStride;
            }

            return;
        }

        Clipped(source, target, lineStride, lines, w, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Clipped(float* source, float* target, nint lineStride, int lines, int w, int length)
    {
        int scale = ScaleWidth;
        int from = w >= 0 ? 0 : Math.Min(length, (-w + scale - 1) / scale);
        int to = w >= Width ? from : Math.Max(from, Math.Min(length, ((Width - 1 - w) / scale) + 1));
        for (int l = 0; l < lines; l++)
        {
            for (int i = 0; i < from; i++)
            {
                target[i] = 0;
            }

            if (scale == 1)
            {
                Packing.Copy(source + from, target + from, to - from);
            }
            else
            {
                for (int i = from; i < to; i++)
                {
                    target[i] = source[(nint)i * scale];
                }
            }

            for (int i = to; i < length; i++)
            {
                target[i] = 0;
            }

            source += PlaneStride;
            target += lineStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Zero(float* target, nint lineStride, int lines, int length)
    {
        for (int l = 0; l < lines; l++)
        {
            new Span<float>(target, length).Clear();
            target += lineStride;
        }
    }

    // Only for scale 1: every DivisorWidth-th pixel has an element, the others are 0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Divided(float* source, float* target, nint lineStride, int lines, int h, int w, int length)
    {
        Zero(target, lineStride, lines, length);
        if (h < 0 || h % DivisorHeight != 0 || h / DivisorHeight >= Height)
        {
            return;
        }

        int first = Math.Max(0, (w + DivisorWidth - 1) / DivisorWidth); // first element at or behind w
        int from = (first * DivisorWidth) - w;
        int to = (int)Math.Min(length, ((long)Width * DivisorWidth) - w);
        source += ((long)(h / DivisorHeight) * Width) + first;
        for (int l = 0; l < lines; l++)
        {
            float* element = source + (l * PlaneStride);
            float* line = target + (l * lineStride);
            for (int i = from; i < to; i += DivisorWidth)
            {
                line[i] = *element++;
            }
        }
    }
}
