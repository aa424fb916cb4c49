using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A measure of how alike predictions and targets rank the elements of (n, ...), exact: all pairs are kept. Rows of weight 0 are left out, other weights do not matter.</summary>
public abstract class RankCorrelation : Metric
{
    private protected RankCorrelation()
    {
    }

    public sealed override MetricValue Empty => Sums();

    public sealed override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows(Spec.Type, prediction, target, weight);
        var pairs = new List<double>();
        for (long r = 0; r < rows.Rows; r++)
        {
            for (int i = 0; i < rows.Width && rows.Weight(r) != 0; i++)
            {
                pairs.Add(rows.Prediction(r)[i]);
                pairs.Add(rows.Target(r)[i]);
            }
        }

        return new([], [.. pairs]);
    }

    public sealed override double Result(MetricValue value)
    {
        int n = value.List.Length / 2;
        var x = new double[n];
        var y = new double[n];
        for (int i = 0; i < n; i++)
        {
            (x[i], y[i]) = (value.List[2 * i], value.List[(2 * i) + 1]);
        }

        return n == 0 ? double.NaN : Correlation(x, y);
    }

    private protected abstract double Correlation(double[] x, double[] y);
}
