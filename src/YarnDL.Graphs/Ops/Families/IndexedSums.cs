using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>
/// Sums of lines that carry the same number: the gradient of picking entries of a table. The lines of one number are added in ascending
/// order, in the leaves and by the tree of any other sum over their extent, so the bits depend on no thread and a shard's part is a subtree.
/// </summary>
public static unsafe class IndexedSums
{
    /// <summary>Bytes of scratch for <see cref="Run"/>.</summary>
    public static long ScratchBytes(long terms, long entries) => ((2 * terms) + entries + 2) * sizeof(long);

    /// <summary>table (entries, width) = sums of lines (terms, width) by number; entries without a line are 0.</summary>
    /// <param name="pool">Threads.</param>
    /// <param name="rows">Segments, looked at when <paramref name="positions"/> is above 0.</param>
    /// <param name="positions">Terms of each row when the terms run over rows; 0 when they do not.</param>
    /// <param name="terms">Number of lines.</param>
    /// <param name="numbers">Entry of each line, 0 .. entries-1; a negative one leaves the line out.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="entries">Extent of the table.</param>
    /// <param name="width">Elements of a line.</param>
    /// <param name="perOccurrence">Divides each line by the number of lines of its entry in its segment.</param>
    /// <param name="table">The result.</param>
    /// <param name="scratch">Memory of <see cref="ScratchBytes"/>.</param>
    public static void Run(ComputePool pool, RowSegments rows, long positions, long terms, long* numbers, float* lines, long entries, long width, bool perOccurrence, float* table, long* scratch)
    {
        long* start = scratch;
        long* order = scratch + entries + 2;
        new Span<long>(start, checked((int)(entries + 2))).Clear();
        for (long i = 0; i < terms; i++)
        {
            if (numbers[i] >= 0)
            {
                start[numbers[i] + 2]++;
            }
        }

        for (long e = 2; e < entries + 2; e++)
        {
            start[e] += start[e - 1];
        }

        for (long i = 0; i < terms; i++)
        {
            if (numbers[i] >= 0)
            {
                order[start[numbers[i] + 1]++] = i;
            }
        }

        Sum(pool, rows, positions, terms, start, order, lines, entries, width, perOccurrence, table);
    }

    /// <summary>Bytes of scratch for <see cref="Distinct"/>.</summary>
    public static long DistinctScratchBytes(long terms) => ((3 * terms) + 1) * sizeof(long);

    /// <summary>The same sums for the entries that have a line, and for no other: what a table with many entries gets from few lines.</summary>
    /// <param name="pool">Threads.</param>
    /// <param name="rows">Segments.</param>
    /// <param name="positions">Terms of each row.</param>
    /// <param name="terms">Number of lines, fewer than 2^31.</param>
    /// <param name="numbers">Entry of each line, below 2^32; a negative one leaves the line out.</param>
    /// <param name="lines">The lines (terms, width).</param>
    /// <param name="width">Elements of a line.</param>
    /// <param name="perOccurrence">Divides each line by the number of lines of its entry in its segment.</param>
    /// <param name="ids">Room for (terms): the entries that have a line, ascending.</param>
    /// <param name="values">Room for (terms, width): their sums.</param>
    /// <param name="scratch">Memory of <see cref="DistinctScratchBytes"/>.</param>
    /// <returns>How many entries have a line.</returns>
    public static long Distinct(ComputePool pool, RowSegments rows, long positions, long terms, long* numbers, float* lines, long width, bool perOccurrence, long* ids, float* values, long* scratch)
    {
        long* start = scratch;
        long* order = scratch + terms + 1;
        var keys = (ulong*)(order + terms);
        long kept = 0;
        for (long i = 0; i < terms; i++)
        {
            if (numbers[i] >= 0)
            {
                keys[kept++] = ((ulong)numbers[i] << 32) | (uint)i;
            }
        }

        new Span<ulong>(keys, checked((int)kept)).Sort();
        long found = 0;
        for (long i = 0; i < kept; i++)
        {
            order[i] = (uint)keys[i];
            var entry = (long)(keys[i] >> 32);
            if (found == 0 || ids[found - 1] != entry)
            {
                start[found] = i;
                ids[found++] = entry;
            }
        }

        start[found] = kept;
        Sum(pool, rows, positions, terms, start, order, lines, found, width, perOccurrence, values);
        return found;
    }

    /// <summary>Sums the lines order[start[e]] .. order[start[e + 1] - 1] of each entry e.</summary>
    private static void Sum(ComputePool pool, RowSegments rows, long positions, long terms, long* start, long* order, float* lines, long entries, long width, bool perOccurrence, float* table)
    {
        var job = new Job
        {
            Pool = pool,
            Rows = rows,
            Positions = positions,
            Terms = terms,
            Start = start,
            Order = order,
            Lines = lines,
            Entries = entries,
            Width = width,
            PerOccurrence = perOccurrence,
            Table = table,
            PerItem = Math.Max(1, 4096 / Math.Max(1, width)),
        };
        pool.Run(ref job, (entries + job.PerItem - 1) / job.PerItem);
    }

    private struct Job : IParallelJob
    {
        public ComputePool Pool;
        public RowSegments Rows;
        public long Positions;
        public long Terms;
        public long* Start;
        public long* Order;
        public float* Lines;
        public long Entries;
        public long Width;
        public bool PerOccurrence;
        public float* Table;
        public long PerItem;

        public readonly void Execute(long item, int thread)
        {
            long end = Math.Min(Entries, (item + 1) * PerItem);
            for (long e = item * PerItem; e < end; e++)
            {
                Entry(thread, Order + Start[e], Start[e + 1] - Start[e], Table + (e * Width));
            }
        }

        private readonly void Entry(int thread, long* places, long count, float* sum)
        {
            new Span<float>(sum, checked((int)Width)).Clear();
            if (count == 0)
            {
                return;
            }

            SumTree tree = Positions > 0 ? SumTree.OverRows(Rows, Positions) : SumTree.Over(Terms);
            if (places[count - 1] < FirstLeafEnd(tree) && !PerOccurrence)
            {
                for (long i = 0; i < count; i++)
                {
                    Add(sum, Lines + (places[i] * Width), 1);
                }

                return;
            }

            float* stack = (float*)Pool.ThreadScratch(thread, tree.Depth * Width * sizeof(float));
            long top = 0;
            long next = 0;
            int segment = 0;
            float divisor = 1;
            while (tree.Next())
            {
                if (PerOccurrence)
                {
                    divisor = Occurrences(places, count, tree.Start, ref segment);
                }

                float* leaf = stack + (top++ * Width);
                new Span<float>(leaf, checked((int)Width)).Clear();
                for (; next < count && places[next] < tree.Start + tree.Length; next++)
                {
                    Add(leaf, Lines + (places[next] * Width), divisor);
                }

                for (int m = 0; m < tree.Merges; m++)
                {
                    top--;
                    Add(stack + ((top - 1) * Width), stack + (top * Width), 1);
                }
            }

            Buffer.MemoryCopy(stack, sum, Width * sizeof(float), Width * sizeof(float));
        }

        private static long FirstLeafEnd(SumTree tree) => tree.Next() ? tree.Start + tree.Length : 0;

        /// <summary>Lines of the entry within the segment that holds a place.</summary>
        private readonly float Occurrences(long* places, long count, long place, ref int segment)
        {
            long first = 0;
            long last = Terms;
            if (Positions > 0)
            {
                while (Rows.Borders[segment + 1] * Positions <= place)
                {
                    segment++;
                }

                first = Rows.Borders[segment] * Positions;
                last = Rows.Borders[segment + 1] * Positions;
            }

            long n = 0;
            for (long i = 0; i < count; i++)
            {
                n += places[i] >= first && places[i] < last ? 1 : 0;
            }

            return Math.Max(1, n);
        }

        private readonly void Add(float* sum, float* line, float divisor)
        {
            if (divisor == 1)
            {
                for (long k = 0; k < Width; k++)
                {
                    sum[k] += line[k];
                }

                return;
            }

            for (long k = 0; k < Width; k++)
            {
                sum[k] += line[k] / divisor;
            }
        }
    }
}
