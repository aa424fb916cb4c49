using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The correlation of predictions and targets over all elements of (n, ...), from sums in float64; NaN where either does not vary.</summary>
public sealed class Pearson : Metric
{
    public override Spec Spec => new("pearson");

    /// <summary>Weight, and the sums of x, y, x², y² and xy.</summary>
    public override MetricValue Empty => Sums(0, 0, 0, 0, 0, 0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("pearson", prediction, target, weight);
        var sums = new double[6];
        for (long r = 0; r < rows.Rows; r++)
        {
            for (int i = 0; i < rows.Width; i++)
            {
                double w = rows.Weight(r);
                double x = rows.Prediction(r)[i];
                double y = rows.Target(r)[i];
                sums[0] += w;
                sums[1] += w * x;
                sums[2] += w * y;
                sums[3] += w * x * x;
                sums[4] += w * y * y;
                sums[5] += w * x * y;
            }
        }

        return Sums(sums);
    }

    public override double Result(MetricValue value)
    {
        double[] s = value.Sums;
        double x = s[3] - (s[1] * s[1] / s[0]);
        double y = s[4] - (s[2] * s[2] / s[0]);
        return (s[5] - (s[1] * s[2] / s[0])) / Math.Sqrt(x * y);
    }
}
