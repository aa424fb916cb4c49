namespace YarnDL.Nn;

/// <summary>The correlation of the ranks; equal values share the mean of their ranks.</summary>
public sealed class Spearman : RankCorrelation
{
    public override Spec Spec => new("spearman");

    private protected override double Correlation(double[] x, double[] y)
    {
        double[] a = Ranks(x);
        double[] b = Ranks(y);
        double mean = (x.Length + 1) / 2.0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < a.Length; i++)
        {
            xx += (a[i] - mean) * (a[i] - mean);
            yy += (b[i] - mean) * (b[i] - mean);
            xy += (a[i] - mean) * (b[i] - mean);
        }

        return xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(double[] values)
    {
        var keys = (double[])values.Clone();
        var order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var ranks = new double[keys.Length];
        for (int first = 0, end; first < keys.Length; first = end)
        {
            for (end = first; end < keys.Length && keys[end] == keys[first]; end++)
            {
            }

            for (int i = first; i < end; i++)
            {
                ranks[order[i]] = (first + 1 + end) / 2.0;
            }
        }

        return ranks;
    }
}
