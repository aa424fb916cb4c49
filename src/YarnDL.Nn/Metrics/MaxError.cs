using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The largest |t - p| of all elements of (n, ...). Rows of weight 0 are left out.</summary>
public sealed class MaxError : Metric
{
    public override Spec Spec => new("maxError");

    public override bool HigherIsBetter => false;

    /// <summary>The list holds one maximum per part.</summary>
    public override MetricValue Empty => Sums();

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("maxError", prediction, target, weight);
        double most = -1;
        for (long r = 0; r < rows.Rows; r++)
        {
            for (int i = 0; i < rows.Width && rows.Weight(r) != 0; i++)
            {
                most = Math.Max(most, Math.Abs((double)rows.Target(r)[i] - rows.Prediction(r)[i]));
            }
        }

        return new([], most == -1 ? [] : [most]);
    }

    public override double Result(MetricValue value)
    {
        double most = double.NaN;
        foreach (double v in value.List)
        {
            most = double.IsNaN(most) ? v : Math.Max(most, v);
        }

        return most;
    }
}
