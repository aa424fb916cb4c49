using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The mean of losses that are given as predictions (n), weighted: numerators over denominators. Targets are not looked at.</summary>
public sealed class MeanLoss : Metric
{
    public override Spec Spec => new("loss");

    public override bool HigherIsBetter => false;

    public override MetricValue Empty => Sums(0, 0);

    /// <summary>The value of a loss whose numerator and denominator are known.</summary>
    public static MetricValue Of(double numerator, double denominator) => Sums(numerator, denominator);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("loss", prediction, default, weight);
        double sum = 0;
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            sum += rows.Weight(r) * rows.Prediction(r)[0];
            count += rows.Weight(r);
        }

        return Sums(sum, count);
    }

    public override double Result(MetricValue value) => Mean(value);
}
