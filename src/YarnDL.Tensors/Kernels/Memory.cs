using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>Copies and fills.</summary>
public static unsafe class Memory
{
    private const long Grain = 1 << 18; // bytes of one piece of work

    /// <summary>Copies bytes; the areas must not overlap.</summary>
    public static void Copy(ComputePool pool, long bytes, void* source, void* target)
    {
        var job = new CopyJob { Bytes = bytes, Source = (byte*)source, Target = (byte*)target };
        pool.Run(ref job, (bytes + Grain - 1) / Grain);
    }

    /// <summary>Sets bytes to 0.</summary>
    public static void Clear(ComputePool pool, long bytes, void* target)
    {
        var job = new CopyJob { Bytes = bytes, Target = (byte*)target };
        pool.Run(ref job, (bytes + Grain - 1) / Grain);
    }

    /// <summary>Sets every element to one value.</summary>
    public static void Fill<T>(ComputePool pool, long count, T value, T* target) where T : unmanaged
    {
        var job = new FillJob<T> { Count = count, Value = value, Target = target };
        pool.Run(ref job, (count + Grain - 1) / Grain);
    }

    private struct CopyJob : IParallelJob
    {
        public long Bytes;
        public byte* Source;
        public byte* Target;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Execute(long item, int thread)
        {
            long start = item * Grain;
            int length = (int)Math.Min(Grain, Bytes - start);
            if (Source == null)
            {
                new Span<byte>(Target + start, length).Clear();
            }
            else
            {
                new ReadOnlySpan<byte>(Source + start, length).CopyTo(new Span<byte>(Target + start, length));
            }
        }
    }

    private struct FillJob<T> : IParallelJob where T : unmanaged
    {
        public long Count;
        public T Value;
        public T* Target;

        public readonly void Execute(long item, int thread) =>
            new Span<T>(Target + (item * Grain), (int)Math.Min(Grain, Count - (item * Grain))).Fill(Value);
    }
}
