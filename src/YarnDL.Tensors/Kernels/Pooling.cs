using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>Maximum and average pooling of float32 NCHW tensors, plane by plane. Gradients add up in the order of the output pixels.</summary>
public static unsafe class Pooling
{
    /// <summary>y = largest value of each window; a NaN in a window gives NaN; among equals the first in row-major order wins.</summary>
    /// <param name="indices">Receives for each output where its value lies in the plane, ih * Width + iw; may be null.</param>
    public static void MaxForward(ComputePool pool, PoolingShape shape, long rows, float* x, float* y, int* indices)
    {
        var job = new MaxForwardJob { Shape = Plane.Of(shape), X = x, Y = y, Indices = indices };
        pool.Run(ref job, rows * shape.Channels);
    }

    /// <summary>dx = dy at the places of the maxima, 0 elsewhere.</summary>
    public static void MaxBackward(ComputePool pool, PoolingShape shape, long rows, float* dy, int* indices, float* dx)
    {
        var job = new MaxBackwardJob { Shape = Plane.Of(shape), Dy = dy, Indices = indices, Dx = dx };
        pool.Run(ref job, rows * shape.Channels);
    }

    /// <summary>y = mean of each window: the sum in row-major order, divided by the number of taps inside the input (or the padded input).</summary>
    public static void AverageForward(ComputePool pool, PoolingShape shape, long rows, float* x, float* y)
    {
        var job = new AverageJob<Forward> { Shape = Plane.Of(shape), X = x, Y = y };
        pool.Run(ref job, rows * shape.Channels);
    }

    /// <summary>dx = for each input the sum of dy / taps over the windows it lies in.</summary>
    public static void AverageBackward(ComputePool pool, PoolingShape shape, long rows, float* dy, float* dx)
    {
        var job = new AverageJob<Backward> { Shape = Plane.Of(shape), X = dx, Y = dy };
        pool.Run(ref job, rows * shape.Channels);
    }

    private struct Plane
    {
        public int Height, Width, OutputHeight, OutputWidth;
        public int KernelHeight, KernelWidth, StrideHeight, StrideWidth, PadTop, PadLeft, PadBottom, PadRight, DilationHeight, DilationWidth;
        public bool CountPad;

        public readonly long Inputs => (long)Height * Width;

        public readonly long Outputs => (long)OutputHeight * OutputWidth;

        public static Plane Of(PoolingShape s)
        {
            s.Check();
            return new Plane
            {
                Height = checked((int)s.Height),
                Width = checked((int)s.Width),
                OutputHeight = checked((int)s.OutputHeight),
                OutputWidth = checked((int)s.OutputWidth),
                KernelHeight = checked((int)s.KernelHeight),
                KernelWidth = checked((int)s.KernelWidth),
                StrideHeight = checked((int)s.StrideHeight),
                StrideWidth = checked((int)s.StrideWidth),
                PadTop = checked((int)s.PadTop),
                PadLeft = checked((int)s.PadLeft),
                PadBottom = checked((int)s.PadBottom),
                PadRight = checked((int)s.PadRight),
                DilationHeight = checked((int)s.DilationHeight),
                DilationWidth = checked((int)s.DilationWidth),
                CountPad = s.CountIncludePad,
            };
        }

        // The window of output (oh, ow) without dilation, clipped to the input, and its divisor.
        public readonly int Window(int oh, int ow, out int h0, out int h1, out int w0, out int w1)
        {
            h0 = (oh * StrideHeight) - PadTop;
            w0 = (ow * StrideWidth) - PadLeft;
            h1 = Math.Min(h0 + KernelHeight, Height + PadBottom);
            w1 = Math.Min(w0 + KernelWidth, Width + PadRight);
            int taps = (h1 - h0) * (w1 - w0);
            h0 = Math.Max(h0, 0);
            w0 = Math.Max(w0, 0);
            h1 = Math.Min(h1, Height);
            w1 = Math.Min(w1, Width);
            return CountPad ? taps : (h1 - h0) * (w1 - w0);
        }
    }

    private struct MaxForwardJob : IParallelJob
    {
        public Plane Shape;
        public float* X;
        public float* Y;
        public int* Indices;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            Plane s = Shape;
            float* x = X + (item * s.Inputs);
            float* y = Y + (item * s.Outputs);
            int* indices = Indices == null ? null : Indices + (item * s.Outputs);

            // Outputs whose windows lie inside the row from first to last tap.
            int inner = Math.Min(s.OutputWidth, (s.PadLeft + s.StrideWidth - 1) / s.StrideWidth);
            int room = s.Width - 1 - ((s.KernelWidth - 1) * s.DilationWidth) + s.PadLeft;
            int innerEnd = s.StrideWidth > 2 || room < 0 ? inner : Math.Max(inner, Math.Min(s.OutputWidth, (room / s.StrideWidth) + 1));
            for (int oh = 0; oh < s.OutputHeight; oh++)
            {
                int at = oh * s.OutputWidth;
                int ow = 0;
                while (ow < s.OutputWidth)
                {
                    if (ow >= inner && ow + 8 <= innerEnd)
                    {
                        Eight(s, x, oh, ow, y + at + ow, indices == null ? null : indices + at + ow);
                        ow += 8;
                    }
                    else
                    {
                        y[at + ow] = One(s, x, oh, ow, out int place);
                        if (indices != null)
                        {
                            indices[at + ow] = place;
                        }

                        ow++;
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static float One(in Plane s, float* x, int oh, int ow, out int at)
        {
            float best = float.NegativeInfinity;
            at = -1;
            for (int kh = 0; kh < s.KernelHeight; kh++)
            {
                int ih = (oh * s.StrideHeight) - s.PadTop + (kh * s.DilationHeight);
                if ((uint)ih >= (uint)s.Height)
                {
                    continue;
                }

                for (int kw = 0; kw < s.KernelWidth; kw++)
                {
                    int iw = (ow * s.StrideWidth) - s.PadLeft + (kw * s.DilationWidth);
                    if ((uint)iw >= (uint)s.Width)
                    {
                        continue;
                    }

                    int place = (ih * s.Width) + iw;
                    float value = x[place];
                    if (value > best || at < 0 || (float.IsNaN(value) && !float.IsNaN(best)))
                    {
                        best = value;
                        at = place;
                    }
                }
            }

            return best;
        }

        // Eight neighbouring windows at once, strides 1 and 2; the same choices as One.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Eight(in Plane s, float* x, int oh, int ow, float* y, int* indices)
        {
            Vector256<float> best = Vector256.Create(float.NegativeInfinity);
            Vector256<int> at = Vector256.Create(-1);
            Vector256<int> step = Vector256<int>.Indices * s.StrideWidth;
            for (int kh = 0; kh < s.KernelHeight; kh++)
            {
                int ih = (oh * s.StrideHeight) - s.PadTop + (kh * s.DilationHeight);
                if ((uint)ih >= (uint)s.Height)
                {
                    continue;
                }

                int place = (ih * s.Width) + (ow * s.StrideWidth) - s.PadLeft;
                for (int kw = 0; kw < s.KernelWidth; kw++)
                {
                    Vector256<float> value = s.StrideWidth == 1 ? Vector256.Load(x + place) : EverySecond(x + place);
                    Vector256<float> better = Vector256.GreaterThan(value, best) | Vector256.LessThan(at, Vector256<int>.Zero).AsSingle()
                        | Vector256.AndNot(Vector256.Equals(best, best), Vector256.Equals(value, value));
                    best = Vector256.ConditionalSelect(better, value, best);
                    at = Vector256.ConditionalSelect(better.AsInt32(), Vector256.Create(place) + step, at);
                    place += s.DilationWidth;
                }
            }

            best.Store(y);
            if (indices != null)
            {
                at.Store(indices);
            }
        }

        // x[0], x[2], .. x[14], reading nothing beyond.
        private static Vector256<float> EverySecond(float* x)
        {
            Vector256<float> low = Vector256.Shuffle(Vector256.Load(x), Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6));
            Vector256<float> high = Vector256.Shuffle(Vector256.Load(x + 7), Vector256.Create(1, 3, 5, 7, 1, 3, 5, 7));
            return Vector256.Create(low.GetLower(), high.GetUpper());
        }
    }

    private struct MaxBackwardJob : IParallelJob
    {
        public Plane Shape;
        public float* Dy;
        public int* Indices;
        public float* Dx;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            float* dx = Dx + (item * Shape.Inputs);
            float* dy = Dy + (item * Shape.Outputs);
            int* indices = Indices + (item * Shape.Outputs);
            new Span<float>(dx, (int)Shape.Inputs).Clear();
            for (long i = 0; i < Shape.Outputs; i++)
            {
                if (indices[i] >= 0)
                {
                    dx[indices[i]] += dy[i];
                }
            }
        }
    }

    /// <summary>What an average does with one window of a plane.</summary>
    private interface IMean
    {
        /// <summary>Before the first window of a plane.</summary>
        static abstract void Begin(float* plane, long count);

        /// <param name="window">First tap inside the plane.</param>
        /// <param name="height">Taps down.</param>
        /// <param name="width">Taps across.</param>
        /// <param name="step">Elements from row to row.</param>
        /// <param name="mean">The output's element.</param>
        /// <param name="taps">The divisor.</param>
        static abstract void Window(float* window, int height, int width, int step, float* mean, int taps);
    }

    private readonly struct Forward : IMean
    {
        public static void Begin(float* plane, long count)
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Window(float* window, int height, int width, int step, float* mean, int taps)
        {
            float sum = 0;
            for (int h = 0; h < height; h++)
            {
                for (int w = 0; w < width; w++)
                {
                    sum += window[(h * step) + w];
                }
            }

            *mean = sum / taps;
        }
    }

    private readonly struct Backward : IMean
    {
        public static void Begin(float* plane, long count) => new Span<float>(plane, checked((int)count)).Clear();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Window(float* window, int height, int width, int step, float* mean, int taps)
        {
            float share = *mean / taps;
            for (int h = 0; h < height; h++)
            {
                for (int w = 0; w < width; w++)
                {
                    window[(h * step) + w] += share;
                }
            }
        }
    }

    private struct AverageJob<TMean> : IParallelJob
        where TMean : struct, IMean
    {
        public Plane Shape;
        public float* X;
        public float* Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            Plane s = Shape;
            float* x = X + (item * s.Inputs);
            float* y = Y + (item * s.Outputs);
            TMean.Begin(x, s.Inputs);
            for (int oh = 0; oh < s.OutputHeight; oh++)
            {
                for (int ow = 0; ow < s.OutputWidth; ow++)
                {
                    int taps = s.Window(oh, ow, out int h0, out int h1, out int w0, out int w1);
                    TMean.Window(x + (h0 * s.Width) + w0, h1 - h0, w1 - w0, s.Width, y + (oh * s.OutputWidth) + ow, taps);
                }
            }
        }
    }
}
