using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Softmax and its logarithm along the middle axis of float32 arrays (outer, n, inner). The largest logit is subtracted first; sums run by the 16-lane rule.
/// The result may overwrite an operand.
/// </summary>
public static unsafe class Softmax
{
    /// <summary>y = e^(x - max) / sum of e^(x - max).</summary>
    public static void Forward(ComputePool pool, long outer, long n, long inner, float* x, float* y) => Run(pool, Kind.Forward, outer, n, inner, x, null, y);

    /// <summary>dx = y (dy - sum of y dy), y the softmax.</summary>
    public static void Backward(ComputePool pool, long outer, long n, long inner, float* y, float* dy, float* dx) => Run(pool, Kind.Backward, outer, n, inner, y, dy, dx);

    /// <summary>y = x - max - ln(sum of e^(x - max)).</summary>
    public static void LogForward(ComputePool pool, long outer, long n, long inner, float* x, float* y) => Run(pool, Kind.LogForward, outer, n, inner, x, null, y);

    /// <summary>dx = dy - e^y sum of dy, y the log-softmax.</summary>
    public static void LogBackward(ComputePool pool, long outer, long n, long inner, float* y, float* dy, float* dx) => Run(pool, Kind.LogBackward, outer, n, inner, y, dy, dx);

    private enum Kind
    {
        Forward,
        Backward,
        LogForward,
        LogBackward,
    }

    private static void Run(ComputePool pool, Kind kind, long outer, long n, long inner, float* a, float* b, float* y)
    {
        long lines = n == 0 ? 0 : outer * inner;
        long linesPerItem = Math.Max(1, 4096 / Math.Max(1, n));
        var job = new LinesJob { Pool = pool, Kind = kind, Lines = lines, LinesPerItem = linesPerItem, N = n, Inner = inner, A = a, B = b, Y = y };
        pool.Run(ref job, (lines + linesPerItem - 1) / linesPerItem);
    }

    /// <summary>Writes e^(x - max) to y and returns its sum and the largest x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Exponentials(long n, float* x, float* y, out float max)
    {
        max = Largest(n, x);
        float shift = float.IsInfinity(max) && max < 0 ? 0 : max; // a line of -Infinity only
        Vector256<float> shifts = Vector256.Create(shift);
        long i = 0;
        for (; i + 8 <= n; i += 8)
        {
            Maths.Exp(Vector256.Load(x + i) - shifts).Store(y + i);
        }

        for (; i < n; i++)
        {
            y[i] = Maths.Exp(x[i] - shift);
        }

        return Lanes.Sum(y, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Largest(long n, float* x)
    {
        float max = float.NegativeInfinity;
        for (long i = 0; i < n; i++)
        {
            max = MathF.Max(max, x[i]);
        }

        return max;
    }

    private struct LinesJob : IParallelJob
    {
        public ComputePool Pool;
        public Kind Kind;
        public long Lines;
        public long LinesPerItem;
        public long N;
        public long Inner;
        public float* A;
        public float* B;
        public float* Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            float* scratch = (float*)Pool.ThreadScratch(thread, N * 4 * sizeof(float));
            long end = Math.Min(Lines, (item + 1) * LinesPerItem);
            for (long line = item * LinesPerItem; line < end; line++)
            {
                long start = Line.Start(line, N, Inner);
                float* a = Line.Gather(A + start, N, Inner, scratch);
                float* b = B == null ? null : Line.Gather(B + start, N, Inner, scratch + N);
                float* y = Inner == 1 ? Y + start : scratch + (2 * N);
                Execute(a, b, y, scratch + (3 * N));
                Line.Scatter(y, Y + start, N, Inner);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Execute(float* a, float* b, float* y, float* exponentials)
        {
            switch (Kind)
            {
                case Kind.Forward:
                    float sum = Exponentials(N, a, y, out _);
                    for (long i = 0; i < N; i++)
                    {
                        y[i] /= sum;
                    }

                    break;
                case Kind.Backward:
                    float dot = Lanes.Dot(a, b, N);
                    for (long i = 0; i < N; i++)
                    {
                        y[i] = a[i] * (b[i] - dot);
                    }

                    break;
                case Kind.LogForward:
                    float log = Maths.Log(Exponentials(N, a, exponentials, out float max));
                    for (long i = 0; i < N; i++)
                    {
                        y[i] = a[i] - max - log;
                    }

                    break;
                default:
                    float total = Lanes.Sum(b, N);
                    for (long i = 0; i < N; i++)
                    {
                        y[i] = b[i] - (Maths.Exp(a[i]) * total);
                    }

                    break;
            }
        }
    }
}
