namespace YarnDL.Nn;

/// <summary>The gradient of some rows of a table (rows, width): ascending row numbers without repeats, and one gradient row each. All other rows have none.</summary>
public sealed record RowGradient(long[] Rows, float[] Values)
{
    /// <summary>Rows as they were looked up, repeats added up in the order given.</summary>
    /// <param name="rows">(count).</param>
    /// <param name="values">(count, width).</param>
    public static RowGradient Collect(ReadOnlySpan<long> rows, ReadOnlySpan<float> values)
    {
        int width = rows.Length == 0 ? 0 : values.Length / rows.Length;
        int[] order = new int[rows.Length];
        long[] keys = rows.ToArray();
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        var kept = new List<long>();
        var sums = new List<float>();
        foreach (int i in order)
        {
            if (kept.Count == 0 || kept[^1] != keys[i])
            {
                kept.Add(keys[i]);
                sums.AddRange(values.Slice(i * width, width));
                continue;
            }

            for (int c = 0; c < width; c++)
            {
                sums[((kept.Count - 1) * width) + c] += values[(i * width) + c];
            }
        }

        return new([.. kept], [.. sums]);
    }
}
