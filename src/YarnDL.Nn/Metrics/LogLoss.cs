using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The mean of -log p[label]; probabilities (n, classes) with labels (n), or (n) of class 1. Probabilities count as at least 2^-52.</summary>
public sealed class LogLoss : Metric
{
    public override Spec Spec => new("logLoss");

    public override bool HigherIsBetter => false;

    public override MetricValue Empty => Sums(0, 0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("logLoss", prediction, target, weight);
        double sum = 0;
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            ReadOnlySpan<float> p = rows.Prediction(r);
            long label = rows.Label(r);
            if (label < 0 || label >= Math.Max(2, p.Length))
            {
                throw new ArgumentException($"[logLoss] row {r} has label {label}; labels are 0..{Math.Max(2, p.Length) - 1}");
            }

            double own = p.Length > 1 ? p[(int)label] : label == 1 ? p[0] : 1 - (double)p[0];
            sum -= rows.Weight(r) * Maths.Log(Math.Max(own, 1.0 / (1L << 52)));
            count += rows.Weight(r);
        }

        return Sums(sum, count);
    }

    public override double Result(MetricValue value) => Mean(value);
}
