using System.Globalization;
using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>Picks rows of a table by their numbers: embeddings, batches.</summary>
public static unsafe class Gather
{
    /// <summary>y row i = x row indices[i]; a negative index counts from the end.</summary>
    /// <param name="rowBytes">Bytes of one row of x.</param>
    /// <param name="rows">Rows of x.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not in -rows .. rows-1.</exception>
    public static void Rows(ComputePool pool, long rowBytes, long rows, void* x, long count, long* indices, void* y)
    {
        long perItem = Math.Max(1, 65536 / Math.Max(1, rowBytes));
        var job = new Job { RowBytes = rowBytes, Rows = rows, X = (byte*)x, Count = count, Indices = indices, Y = (byte*)y, PerItem = perItem };
        pool.Run(ref job, (count + perItem - 1) / perItem);
    }

    private struct Job : IParallelJob
    {
        public long RowBytes;
        public long Rows;
        public byte* X;
        public long Count;
        public long* Indices;
        public byte* Y;
        public long PerItem;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long end = Math.Min(Count, (item + 1) * PerItem);
            for (long i = item * PerItem; i < end; i++)
            {
                long row = Indices[i] < 0 ? Indices[i] + Rows : Indices[i];
                if ((ulong)row >= (ulong)Rows)
                {
                    throw new ArgumentOutOfRangeException(nameof(item), string.Create(
                        CultureInfo.InvariantCulture, $"[gather] index {Indices[i]} at place {i}; indices must be in {-Rows}..{Rows - 1}"));
                }

                Buffer.MemoryCopy(X + (row * RowBytes), Y + (i * RowBytes), RowBytes, RowBytes);
            }
        }
    }
}
