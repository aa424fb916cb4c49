namespace YarnDL.Nn;

/// <summary>tau-b: (pairs in the same order - pairs in opposite order) / sqrt((pairs not tied in x)·(pairs not tied in y)), in n log n steps. Knight, 1966.</summary>
public sealed class KendallTau : RankCorrelation
{
    public override Spec Spec => new("kendall");

    private protected override double Correlation(double[] x, double[] y)
    {
        var order = new int[x.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => x[a] != x[b] ? x[a].CompareTo(x[b]) : y[a].CompareTo(y[b]));
        double all = Pairs(x.Length);
        double tiedX = 0;
        double tiedBoth = 0;
        for (int i = 0, sameX = 0, sameBoth = 0; i < order.Length; i++)
        {
            bool nextX = i + 1 < order.Length && x[order[i + 1]] == x[order[i]];
            bool nextBoth = nextX && y[order[i + 1]] == y[order[i]];
            sameX++;
            sameBoth++;
            if (!nextX)
            {
                tiedX += Pairs(sameX);
                sameX = 0;
            }

            if (!nextBoth)
            {
                tiedBoth += Pairs(sameBoth);
                sameBoth = 0;
            }
        }

        double[] sorted = Array.ConvertAll(order, i => y[i]);
        double opposite = Swaps(sorted, new double[sorted.Length], 0, sorted.Length);
        double tiedY = 0;
        for (int i = 0, same = 0; i < sorted.Length; i++)
        {
            same++;
            if (i + 1 == sorted.Length || sorted[i + 1] != sorted[i])
            {
                tiedY += Pairs(same);
                same = 0;
            }
        }

        return (all - tiedX - tiedY + tiedBoth - (2 * opposite)) / Math.Sqrt(all - tiedX) / Math.Sqrt(all - tiedY);
    }

    private static double Pairs(double n) => n * (n - 1) / 2;

    /// <summary>Merge sort that counts how often a later value is smaller.</summary>
    private static double Swaps(double[] values, double[] room, int from, int to)
    {
        if (to - from < 2)
        {
            return 0;
        }

        int middle = (from + to) / 2;
        double swaps = Swaps(values, room, from, middle) + Swaps(values, room, middle, to);
        for (int i = from, j = middle, k = from; k < to; k++)
        {
            bool right = i == middle || (j < to && values[j] < values[i]);
            swaps += right ? middle - i : 0;
            room[k] = right ? values[j++] : values[i++];
        }

        Array.Copy(room, from, values, from, to - from);
        return swaps;
    }
}
