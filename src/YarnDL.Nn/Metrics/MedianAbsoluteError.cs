using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The median of |t - p|, exact: all errors are kept; the mean over the columns of (n, ...). Rows of weight 0 are left out, other weights do not matter.</summary>
public sealed class MedianAbsoluteError : Metric
{
    public override Spec Spec => new("medianAbsoluteError");

    public override bool HigherIsBetter => false;

    /// <summary>Rows counted; the list holds their errors.</summary>
    public override MetricValue Empty => Sums(0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("medianAbsoluteError", prediction, target, weight);
        var errors = new List<double>();
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            if (rows.Weight(r) == 0)
            {
                continue;
            }

            count++;
            for (int i = 0; i < rows.Width; i++)
            {
                errors.Add(Math.Abs((double)rows.Target(r)[i] - rows.Prediction(r)[i]));
            }
        }

        return new([count], [.. errors]);
    }

    public override double Result(MetricValue value)
    {
        int rows = (int)value.Sums[0];
        int columns = rows == 0 ? 0 : value.List.Length / rows;
        double sum = 0;
        var column = new double[rows];
        for (int c = 0; c < columns; c++)
        {
            for (int r = 0; r < rows; r++)
            {
                column[r] = value.List[(r * columns) + c];
            }

            Array.Sort(column);
            sum += (column[(rows - 1) / 2] + column[rows / 2]) / 2;
        }

        return columns == 0 ? double.NaN : sum / columns;
    }
}
