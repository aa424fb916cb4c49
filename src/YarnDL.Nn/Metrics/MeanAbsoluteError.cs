using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The mean over all elements of |prediction - target|. Both (n, ...).</summary>
public sealed class MeanAbsoluteError : Metric
{
    public override Spec Spec => new("mae");

    public override bool HigherIsBetter => false;

    public override MetricValue Empty => Sums(0, 0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("mae", prediction, target, weight);
        double sum = 0;
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> p = rows.Prediction(r);
            ReadOnlySpan<float> t = rows.Target(r);
            double w = rows.Weight(r);
            for (int i = 0; i < p.Length; i++)
            {
                sum += w * Math.Abs((double)p[i] - t[i]);
                count += w;
            }
        }

        return Sums(sum, count);
    }

    public override double Result(MetricValue value) => Mean(value);
}
