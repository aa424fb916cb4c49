using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// A measure of what a regression explains, the mean over the columns of (n, ...), from sums of the targets t and the errors e = t - p in float64. A column whose target
/// does not vary counts 1 when it is met exactly, else 0.
/// </summary>
public abstract class VarianceMetric : Metric
{
    private const int PerColumn = 4;

    private protected VarianceMetric()
    {
    }

    /// <summary>Then, once rows were seen: their weight, and for each column the sums of t, t², e and e².</summary>
    public sealed override MetricValue Empty => Sums();

    public sealed override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows(Spec.Type, prediction, target, weight);
        if (rows.Rows == 0)
        {
            return Empty;
        }

        var sums = new double[1 + (PerColumn * rows.Width)];
        for (long r = 0; r < rows.Rows; r++)
        {
            double w = rows.Weight(r);
            sums[0] += w;
            for (int c = 0; c < rows.Width; c++)
            {
                double t = rows.Target(r)[c];
                double e = t - rows.Prediction(r)[c];
                Span<double> own = sums.AsSpan(1 + (PerColumn * c), PerColumn);
                own[0] += w * t;
                own[1] += w * t * t;
                own[2] += w * e;
                own[3] += w * e * e;
            }
        }

        return Sums(sums);
    }

    public sealed override double Result(MetricValue value)
    {
        int columns = value.Sums.Length / PerColumn;
        double sum = 0;
        for (int c = 0; c < columns; c++)
        {
            ReadOnlySpan<double> own = value.Sums.AsSpan(1 + (PerColumn * c), PerColumn);
            double spread = own[1] - (own[0] * own[0] / value.Sums[0]);
            double left = Unexplained(own[2], own[3], value.Sums[0]);
            sum += spread > 0 ? 1 - (left / spread) : left == 0 ? 1 : 0;
        }

        return columns == 0 ? double.NaN : sum / columns;
    }

    /// <summary>What is left of the squares, from the sums of e and e² and the weight of the rows.</summary>
    private protected abstract double Unexplained(double errors, double squares, double weight);
}
