using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>A copy from any steps over the source into a dense target: transposes, broadcasts, slices. Made once per shape.</summary>
public sealed unsafe class Strided
{
    private const long ItemElements = 8192;
    private readonly long[] _extents;
    private readonly long[] _steps;
    private readonly int _size;
    private readonly long _inner;
    private readonly long _innerStep;
    private readonly long _outer;

    /// <param name="target">Extents of the dense target.</param>
    /// <param name="steps">Elements of the source between neighbours along each axis of the target; 0 repeats.</param>
    /// <param name="size">Bytes of an element.</param>
    public Strided(Shape target, ReadOnlySpan<long> steps, int size)
    {
        var extents = new List<long>();
        var joined = new List<long>();
        for (int a = 0; a < target.Rank; a++)
        {
            if (target[a] == 1)
            {
                continue;
            }

            if (extents.Count > 0 && joined[^1] == steps[a] * target[a])
            {
                extents[^1] *= target[a];
                joined[^1] = steps[a];
            }
            else
            {
                extents.Add(target[a]);
                joined.Add(steps[a]);
            }
        }

        _size = size;
        _inner = extents.Count == 0 ? target.ElementCount : extents[^1];
        _innerStep = extents.Count == 0 ? 1 : joined[^1];
        _extents = [.. extents.Take(Math.Max(0, extents.Count - 1))];
        _steps = [.. joined.Take(Math.Max(0, joined.Count - 1))];
        _outer = _inner == 0 ? 0 : target.ElementCount / _inner;
    }

    /// <summary>Steps that read a dense source with its axes in another order.</summary>
    public static long[] Permuted(Shape source, ReadOnlySpan<long> perm)
    {
        var steps = new long[perm.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = source.CountFrom((int)perm[i] + 1);
        }

        return steps;
    }

    /// <summary>Steps that repeat a dense source along the axes of <paramref name="target"/> that it lacks or holds once.</summary>
    public static long[] Broadcast(Shape source, Shape target)
    {
        var steps = new long[target.Rank];
        int extra = target.Rank - source.Rank;
        for (int a = extra; a < target.Rank; a++)
        {
            steps[a] = source[a - extra] == 1 && target[a] != 1 ? 0 : source.CountFrom(a - extra + 1);
        }

        return steps;
    }

    /// <summary>Runs the copy.</summary>
    public void Copy(ComputePool pool, void* source, void* target)
    {
        if (_outer == 0)
        {
            return;
        }

        long outerPerItem = Math.Max(1, ItemElements / Math.Max(_inner, 1));
        var job = new Job { Plan = this, Source = (byte*)source, Target = (byte*)target, OuterPerItem = outerPerItem };
        pool.Run(ref job, (_outer + outerPerItem - 1) / outerPerItem);
    }

    private static void Line<T>(byte* source, byte* target, long count, long step)
        where T : unmanaged
    {
        var s = (T*)source;
        var t = (T*)target;
        if (step == 1)
        {
            Buffer.MemoryCopy(s, t, count * sizeof(T), count * sizeof(T));
            return;
        }

        if (step == 0)
        {
            new Span<T>(t, checked((int)count)).Fill(*s);
            return;
        }

        for (long i = 0; i < count; i++)
        {
            t[i] = s[i * step];
        }
    }

    private struct Job : IParallelJob
    {
        public Strided Plan;
        public byte* Source;
        public byte* Target;
        public long OuterPerItem;

        public readonly void Execute(long item, int thread)
        {
            long end = Math.Min(Plan._outer, (item + 1) * OuterPerItem);
            int size = Plan._size;
            for (long o = item * OuterPerItem; o < end; o++)
            {
                long rest = o;
                long at = 0;
                for (int a = Plan._extents.Length - 1; a >= 0; a--)
                {
                    long q = rest / Plan._extents[a];
                    at += (rest - (q * Plan._extents[a])) * Plan._steps[a];
                    rest = q;
                }

                byte* s = Source + (at * size);
                byte* t = Target + (o * Plan._inner * size);
                switch (size)
                {
                    case 1: Line<byte>(s, t, Plan._inner, Plan._innerStep); break;
                    case 2: Line<ushort>(s, t, Plan._inner, Plan._innerStep); break;
                    case 4: Line<uint>(s, t, Plan._inner, Plan._innerStep); break;
                    default: Line<ulong>(s, t, Plan._inner, Plan._innerStep); break;
                }
            }
        }
    }
}
