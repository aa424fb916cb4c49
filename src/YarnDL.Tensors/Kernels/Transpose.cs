using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>Permutes the axes of an array of any element type.</summary>
public static unsafe class Transpose
{
    private const int MaxRank = 16;

    /// <summary>y[i permuted] = x[i]: axis a of y is axis permutation[a] of x.</summary>
    /// <exception cref="ArgumentException">The permutation does not name every axis once.</exception>
    public static void Run<T>(ComputePool pool, Shape shape, ReadOnlySpan<int> permutation, T* x, T* y) where T : unmanaged
    {
        var job = new Job<T> { X = x, Y = y, Rank = shape.Rank };
        Check(shape, permutation);
        for (int a = 0; a < shape.Rank; a++)
        {
            job.Extents[a] = shape[permutation[a]];
            job.Strides[a] = shape.CountFrom(permutation[a] + 1);
        }

        if (shape.Rank == 0)
        {
            job.Rank = 1;
            job.Extents[0] = 1;
        }

        job.Lines = shape.ElementCount == 0 ? 0 : shape.ElementCount / job.Extents[job.Rank - 1];
        job.LinesPerItem = Math.Max(1, 16384 / Math.Max(1, job.Extents[job.Rank - 1]));
        pool.Run(ref job, (job.Lines + job.LinesPerItem - 1) / job.LinesPerItem);
    }

    /// <summary>The shape of the result.</summary>
    public static Shape ShapeOf(Shape shape, ReadOnlySpan<int> permutation)
    {
        Check(shape, permutation);
        var dims = new long[shape.Rank];
        for (int a = 0; a < dims.Length; a++)
        {
            dims[a] = shape[permutation[a]];
        }

        return new Shape(dims);
    }

    private static void Check(Shape shape, ReadOnlySpan<int> permutation)
    {
        int seen = 0;
        foreach (int axis in permutation)
        {
            seen |= axis >= 0 && axis < shape.Rank ? 1 << axis : 0;
        }

        if (permutation.Length != shape.Rank || shape.Rank > MaxRank || seen != (1 << shape.Rank) - 1)
        {
            throw new ArgumentException($"[transpose] permutation ({string.Join(", ", permutation.ToArray())}) of shape {shape}; it must name each of its axes once");
        }
    }

    private struct Job<T> : IParallelJob where T : unmanaged
    {
        public T* X;
        public T* Y;
        public int Rank;
        public long Lines;
        public long LinesPerItem;
        public Longs Extents;
        public Longs Strides;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long n = Extents[Rank - 1];
            long stride = Strides[Rank - 1];
            long end = Math.Min(Lines, (item + 1) * LinesPerItem);
            for (long line = item * LinesPerItem; line < end; line++)
            {
                long offset = 0;
                long rest = line;
                for (int a = Rank - 2; a >= 0; a--)
                {
                    offset += rest % Extents[a] * Strides[a];
                    rest /= Extents[a];
                }

                T* x = X + offset;
                T* y = Y + (line * n);
                for (long i = 0; i < n; i++)
                {
                    y[i] = x[i * stride];
                }
            }
        }
    }

    [InlineArray(MaxRank)]
    private struct Longs
    {
        private long _first;
    }
}
