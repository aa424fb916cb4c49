using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// A measure that follows from how often each class was taken for each other. Scores (n, classes) with the largest as prediction, or with a threshold scores (n) of class 1,
/// predicted where score >= threshold; labels (n).
/// </summary>
public abstract class ConfusionMetric : Metric
{
    private readonly string _area;
    private readonly double? _threshold;

    private protected ConfusionMetric(string area, int classes, double? threshold)
    {
        _area = area;
        _threshold = threshold;
        Classes = threshold is not null ? 2 : classes is >= 2 and <= 4096 ? classes
            : throw new SpecException($"[{area}] classes is {classes}; it must be in 2..4096, or give a threshold for scores of one class", "classes");
    }

    public sealed override MetricValue Empty => Sums(new double[Classes * Classes]);

    private protected int Classes { get; }

    public sealed override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows(_area, prediction, target, weight);
        int width = _threshold is null ? Classes : 1;
        if (rows.Width != width)
        {
            throw new ArgumentException($"[{_area}] the prediction has {rows.Width} scores per row; it must have {width}");
        }

        var counts = new double[Classes * Classes];
        for (long r = 0; r < rows.Rows; r++)
        {
            long label = rows.Label(r);
            if (label >= 0 && label < Classes)
            {
                int predicted = _threshold is { } t ? (rows.Prediction(r)[0] >= t ? 1 : 0) : MetricRows.Best(rows.Prediction(r));
                counts[(label * Classes) + predicted] += rows.Weight(r);
            }
        }

        return Sums(counts);
    }

    /// <summary>Name and how rows become predictions.</summary>
    private protected Spec Described(string name) => _threshold is { } t ? new(name, new() { ["threshold"] = t }) : new(name, new() { ["classes"] = Classes });

    private protected double Count(MetricValue value, int label, int predicted) => value.Sums[(label * Classes) + predicted];

    /// <summary>Rows of a class.</summary>
    private protected double True(MetricValue value, int c)
    {
        double sum = 0;
        for (int i = 0; i < Classes; i++)
        {
            sum += Count(value, c, i);
        }

        return sum;
    }

    /// <summary>Rows taken for a class.</summary>
    private protected double Predicted(MetricValue value, int c)
    {
        double sum = 0;
        for (int i = 0; i < Classes; i++)
        {
            sum += Count(value, i, c);
        }

        return sum;
    }

    private protected double Rows(MetricValue value)
    {
        double sum = 0;
        for (int c = 0; c < Classes; c++)
        {
            sum += True(value, c);
        }

        return sum;
    }

    private protected double Right(MetricValue value)
    {
        double sum = 0;
        for (int c = 0; c < Classes; c++)
        {
            sum += Count(value, c, c);
        }

        return sum;
    }
}
