namespace YarnDL.Nn;

/// <summary>Scores of one class in descending order, as cumulated weights of the rows at or above each different score.</summary>
internal sealed class RankedScores
{
    /// <param name="list">(rows, stride): label, weight, scores.</param>
    /// <param name="stride">Numbers per row.</param>
    /// <param name="score">Which score.</param>
    /// <param name="positive">The label that counts.</param>
    public RankedScores(double[] list, int stride, int score, long positive)
    {
        int n = list.Length / stride;
        var keys = new double[n];
        var order = new int[n];
        for (int i = 0; i < n; i++)
        {
            keys[i] = -list[(i * stride) + 2 + score];
            order[i] = i;
        }

        // Rows of one score form one point, so their order does not matter.
        Array.Sort(keys, order);
        double hit = 0;
        double missed = 0;
        for (int i = 0; i < n; i++)
        {
            double weight = list[(order[i] * stride) + 1];
            bool own = list[order[i] * stride] == positive;
            hit += own ? weight : 0;
            missed += own ? 0 : weight;
            if (i + 1 == n || keys[i + 1] != keys[i])
            {
                Hits.Add(hit);
                Misses.Add(missed);
            }
        }

        Positives = hit;
        Negatives = missed;
    }

    public List<double> Hits { get; } = [];

    public List<double> Misses { get; } = [];

    public double Positives { get; }

    public double Negatives { get; }

    /// <summary>Label, weight and scores of each row.</summary>
    public static double[] Collect(in MetricRows rows)
    {
        int stride = (int)rows.Width + 2;
        var list = new double[rows.Rows * stride];
        for (int r = 0; r < rows.Rows; r++)
        {
            list[r * stride] = rows.Label(r);
            list[(r * stride) + 1] = rows.Weight(r);
            for (int c = 0; c < rows.Width; c++)
            {
                list[(r * stride) + 2 + c] = rows.Prediction(r)[c];
            }
        }

        return list;
    }
}
