namespace YarnDL.Graphs.Programs;

/// <summary>Places of values in one arena: values that are alive together never overlap.</summary>
public static class MemoryPlan
{
    /// <summary>Every place starts at a multiple of this many bytes.</summary>
    public const long Alignment = 64;

    /// <summary>
    /// Largest first, each at the lowest place that is free during its whole life. The result depends on the lifetimes only.
    /// </summary>
    /// <param name="lifetimes">One per value.</param>
    /// <param name="offsets">Receives the place of each, in bytes.</param>
    /// <returns>Bytes of the arena.</returns>
    public static long Place(ReadOnlySpan<Lifetime> lifetimes, Span<long> offsets)
    {
        Lifetime[] all = lifetimes.ToArray();
        var order = new int[all.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => all[a].Bytes != all[b].Bytes ? all[b].Bytes.CompareTo(all[a].Bytes) : a.CompareTo(b));
        var placed = new List<(long Offset, long End, int Index)>();
        long total = 0;
        foreach (int i in order)
        {
            long bytes = RoundUp(all[i].Bytes);
            long at = 0;
            foreach ((long offset, long end, int j) in placed)
            {
                if (all[j].First > all[i].Last || all[j].Last < all[i].First)
                {
                    continue;
                }

                if (offset - at >= bytes)
                {
                    break;
                }

                at = Math.Max(at, end);
            }

            offsets[i] = at;
            total = Math.Max(total, at + bytes);
            int where = placed.FindIndex(p => p.Offset > at);
            placed.Insert(where < 0 ? placed.Count : where, (at, at + bytes, i));
        }

        return total;
    }

    /// <summary>The next multiple of <see cref="Alignment"/>.</summary>
    public static long RoundUp(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;
}
