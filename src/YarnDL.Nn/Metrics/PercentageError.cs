using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The mean over all elements of |t - p| / max(|t|, 2^-52); symmetric: of 2·|t - p| / (|t| + |p|), 0 where both are 0. A fraction, not percent. Both (n, ...).</summary>
public sealed class PercentageError(bool symmetric = false) : Metric
{
    public override Spec Spec => new(symmetric ? "smape" : "mape");

    public override bool HigherIsBetter => false;

    public override MetricValue Empty => Sums(0, 0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows(Spec.Type, prediction, target, weight);
        double sum = 0;
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> p = rows.Prediction(r);
            ReadOnlySpan<float> t = rows.Target(r);
            double w = rows.Weight(r);
            for (int i = 0; i < p.Length; i++)
            {
                double error = Math.Abs((double)t[i] - p[i]);
                double size = Math.Abs((double)t[i]);
                sum += w * (!symmetric ? error / Math.Max(size, 1.0 / (1L << 52)) : error == 0 ? 0 : 2 * error / (size + Math.Abs((double)p[i])));
                count += w;
            }
        }

        return Sums(sum, count);
    }

    public override double Result(MetricValue value) => Mean(value);
}
