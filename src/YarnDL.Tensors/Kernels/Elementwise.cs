using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>
/// Element-wise functions of float32 arrays. Every element goes through the vector form of its operator, tails too, so that the bits do not
/// depend on where it lies. The result may overwrite an operand that it replaces element for element.
/// </summary>
public static unsafe class Elementwise
{
    private const long Grain = 16384; // elements of one piece of work

    /// <summary>y[i] = op(x[i]), i in 0 .. count-1.</summary>
    public static void Unary<TOp>(ComputePool pool, long count, float* x, float* y) where TOp : struct, IUnaryOperator<TOp>
    {
        var job = new UnaryJob<TOp> { Count = count, X = x, Y = y };
        pool.Run(ref job, (count + Grain - 1) / Grain);
    }

    /// <summary>z[i] = op(x[i], y[i]).</summary>
    public static void Binary<TOp>(ComputePool pool, long count, float* x, float* y, float* z) where TOp : struct, IBinaryOperator<TOp>
    {
        var job = new BinaryJob<TOp> { Count = count, X = x, Y = y, Z = z };
        pool.Run(ref job, (count + Grain - 1) / Grain);
    }

    /// <summary>z[i] = op(x[i], y).</summary>
    public static void BinaryScalar<TOp>(ComputePool pool, long count, float* x, float y, float* z) where TOp : struct, IBinaryOperator<TOp>
    {
        var job = new BinaryScalarJob<TOp> { Count = count, X = x, Y = y, Z = z };
        pool.Run(ref job, (count + Grain - 1) / Grain);
    }

    /// <summary>w[i] = op(x[i], y[i], z[i]).</summary>
    public static void Ternary<TOp>(ComputePool pool, long count, float* x, float* y, float* z, float* w) where TOp : struct, ITernaryOperator<TOp>
    {
        var job = new TernaryJob<TOp> { Count = count, X = x, Y = y, Z = z, W = w };
        pool.Run(ref job, (count + Grain - 1) / Grain);
    }

    /// <summary>z = op(x, y) with the broadcasting of ONNX: shapes are aligned at the last axis, extents 1 repeat. z has <see cref="BroadcastShape"/>.</summary>
    /// <exception cref="ArgumentException">The shapes do not go together.</exception>
    public static void Binary<TOp>(ComputePool pool, Shape xShape, float* x, Shape yShape, float* y, float* z) where TOp : struct, IBinaryOperator<TOp>
    {
        Broadcast plan = Broadcast.Of(xShape, yShape);
        if (plan.Rank == 1 && plan.Last.StrideX == 1 && plan.Last.StrideY == 1)
        {
            Binary<TOp>(pool, plan.Last.Extent, x, y, z);
            return;
        }

        var job = new BroadcastJob<TOp> { Plan = plan, X = x, Y = y, Z = z, RowsPerItem = Math.Max(1, Grain / Math.Max(1, plan.Last.Extent)) };
        pool.Run(ref job, (plan.Rows + job.RowsPerItem - 1) / job.RowsPerItem);
    }

    /// <summary>The shape of the result of broadcasting two shapes.</summary>
    /// <exception cref="ArgumentException">An extent differs and is 1 in neither.</exception>
    public static Shape BroadcastShape(Shape x, Shape y)
    {
        int rank = Math.Max(x.Rank, y.Rank);
        var dims = new long[rank];
        for (int i = 1; i <= rank; i++)
        {
            long a = i <= x.Rank ? x[^i] : 1;
            long b = i <= y.Rank ? y[^i] : 1;
            dims[rank - i] = a == b || b == 1 ? a : a == 1 ? b
                : throw new ArgumentException($"[broadcast] shapes {x} and {y} do not go together; each extent must be equal or 1");
        }

        return new Shape(dims);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LoadPart(float* p, long count)
    {
        float* part = stackalloc float[8];
        for (long i = 0; i < count; i++)
        {
            part[i] = p[i];
        }

        for (long i = count; i < 8; i++)
        {
            part[i] = 1;
        }

        return Vector256.Load(part);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(Vector256<float> v, float* p, long count)
    {
        float* part = stackalloc float[8];
        v.Store(part);
        for (long i = 0; i < count; i++)
        {
            p[i] = part[i];
        }
    }

    private struct UnaryJob<TOp> : IParallelJob where TOp : struct, IUnaryOperator<TOp>
    {
        public long Count;
        public float* X;
        public float* Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long i = item * Grain;
            long end = Math.Min(i + Grain, Count);
            for (; i + 8 <= end; i += 8)
            {
                TOp.Invoke(Vector256.Load(X + i)).Store(Y + i);
            }

            if (i < end)
            {
                StorePart(TOp.Invoke(LoadPart(X + i, end - i)), Y + i, end - i);
            }
        }
    }

    private struct BinaryJob<TOp> : IParallelJob where TOp : struct, IBinaryOperator<TOp>
    {
        public long Count;
        public float* X;
        public float* Y;
        public float* Z;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long i = item * Grain;
            long end = Math.Min(i + Grain, Count);
            for (; i + 8 <= end; i += 8)
            {
                TOp.Invoke(Vector256.Load(X + i), Vector256.Load(Y + i)).Store(Z + i);
            }

            if (i < end)
            {
                StorePart(TOp.Invoke(LoadPart(X + i, end - i), LoadPart(Y + i, end - i)), Z + i, end - i);
            }
        }
    }

    private struct BinaryScalarJob<TOp> : IParallelJob where TOp : struct, IBinaryOperator<TOp>
    {
        public long Count;
        public float* X;
        public float Y;
        public float* Z;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long i = item * Grain;
            long end = Math.Min(i + Grain, Count);
            Vector256<float> y = Vector256.Create(Y);
            for (; i + 8 <= end; i += 8)
            {
                TOp.Invoke(Vector256.Load(X + i), y).Store(Z + i);
            }

            if (i < end)
            {
                StorePart(TOp.Invoke(LoadPart(X + i, end - i), y), Z + i, end - i);
            }
        }
    }

    private struct TernaryJob<TOp> : IParallelJob where TOp : struct, ITernaryOperator<TOp>
    {
        public long Count;
        public float* X;
        public float* Y;
        public float* Z;
        public float* W;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long i = item * Grain;
            long end = Math.Min(i + Grain, Count);
            for (; i + 8 <= end; i += 8)
            {
                TOp.Invoke(Vector256.Load(X + i), Vector256.Load(Y + i), Vector256.Load(Z + i)).Store(W + i);
            }

            if (i < end)
            {
                StorePart(TOp.Invoke(LoadPart(X + i, end - i), LoadPart(Y + i, end - i), LoadPart(Z + i, end - i)), W + i, end - i);
            }
        }
    }

    private struct BroadcastJob<TOp> : IParallelJob where TOp : struct, IBinaryOperator<TOp>
    {
        public Broadcast Plan;
        public float* X;
        public float* Y;
        public float* Z;
        public long RowsPerItem;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            BroadcastAxis last = Plan.Last;
            long end = Math.Min((item + 1) * RowsPerItem, Plan.Rows);
            for (long row = item * RowsPerItem; row < end; row++)
            {
                Plan.Offsets(row, out long xStart, out long yStart);
                Line(last, X + xStart, Y + yStart, Z + (row * last.Extent));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Line(BroadcastAxis axis, float* x, float* y, float* z)
        {
            long i = 0;
            for (; i + 8 <= axis.Extent; i += 8)
            {
                Vector256<float> a = axis.StrideX == 1 ? Vector256.Load(x + i) : Vector256.Create(*x);
                Vector256<float> b = axis.StrideY == 1 ? Vector256.Load(y + i) : Vector256.Create(*y);
                TOp.Invoke(a, b).Store(z + i);
            }

            long rest = axis.Extent - i;
            if (rest > 0)
            {
                Vector256<float> a = axis.StrideX == 1 ? LoadPart(x + i, rest) : Vector256.Create(*x);
                Vector256<float> b = axis.StrideY == 1 ? LoadPart(y + i, rest) : Vector256.Create(*y);
                StorePart(TOp.Invoke(a, b), z + i, rest);
            }
        }
    }
}
