using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// How often each class (row) was taken for each class (column). Scores (n, classes), labels (n); rows whose label is no class are not counted.
/// The number shown is the part on the diagonal.
/// </summary>
public sealed class ConfusionMatrix(int classes) : Metric
{
    private readonly int _classes = classes is >= 1 and <= 4096 ? classes : throw new SpecException($"[confusionMatrix] classes is {classes}; it must be in 1..4096", "classes");

    public override Spec Spec => new("confusionMatrix", new() { ["classes"] = _classes });

    public override MetricValue Empty => Sums(new double[_classes * _classes]);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("confusionMatrix", prediction, target, weight);
        if (rows.Width != _classes)
        {
            throw new ArgumentException($"[confusionMatrix] the prediction has {rows.Width} scores per row, classes is {_classes}; they must be equal");
        }

        var counts = new double[_classes * _classes];
        for (long r = 0; r < rows.Rows; r++)
        {
            long label = rows.Label(r);
            if (label >= 0 && label < _classes)
            {
                counts[(label * _classes) + MetricRows.Best(rows.Prediction(r))] += rows.Weight(r);
            }
        }

        return Sums(counts);
    }

    /// <summary>The matrix: rows true, columns predicted.</summary>
    public double[,] Matrix(MetricValue value)
    {
        var matrix = new double[_classes, _classes];
        for (int i = 0; i < value.Sums.Length; i++)
        {
            matrix[i / _classes, i % _classes] = value.Sums[i];
        }

        return matrix;
    }

    public override double Result(MetricValue value)
    {
        double all = 0;
        double diagonal = 0;
        for (int i = 0; i < value.Sums.Length; i++)
        {
            all += value.Sums[i];
            diagonal += i / _classes == i % _classes ? value.Sums[i] : 0;
        }

        return all == 0 ? double.NaN : diagonal / all;
    }
}
