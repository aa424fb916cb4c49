using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The mean of (p - label)². Probabilities (n) of class 1, labels (n) 0 or 1. Brier, 1950.</summary>
public sealed class Brier : Metric
{
    public override Spec Spec => new("brier");

    public override bool HigherIsBetter => false;

    public override MetricValue Empty => Sums(0, 0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("brier", prediction, target, weight);
        double sum = 0;
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            double d = (double)rows.Prediction(r)[0] - rows.Label(r);
            sum += rows.Weight(r) * d * d;
            count += rows.Weight(r);
        }

        return Sums(sum, count);
    }

    public override double Result(MetricValue value) => Mean(value);
}
