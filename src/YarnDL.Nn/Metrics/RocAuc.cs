using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// The area under the ROC curve, exact: all scores are kept. Scores (n) of class 1 with labels (n) 0 or 1; equal scores form one point, joined by straight lines. With
/// several classes, scores (n, classes): the mean over the classes of one against the rest. NaN when a class has no rows or all of them.
/// </summary>
public sealed class RocAuc(int classes = 1) : Metric
{
    private readonly int _classes = classes >= 1 ? classes : throw new SpecException($"[auc] classes is {classes}; it must be at least 1", "classes");

    public override Spec Spec => new("auc", new() { ["classes"] = _classes });

    public override MetricValue Empty => Sums();

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("auc", prediction, target, weight);
        return rows.Width == _classes ? new([], RankedScores.Collect(rows))
            : throw new ArgumentException($"[auc] the prediction has {rows.Width} scores per row, classes is {_classes}; they must be equal");
    }

    public override double Result(MetricValue value)
    {
        double sum = 0;
        for (int c = 0; c < _classes; c++)
        {
            (double[] wrong, double[] right) = Curve(value, c);
            for (int i = 1; i < wrong.Length; i++)
            {
                sum += (wrong[i] - wrong[i - 1]) * (right[i] + right[i - 1]) / 2;
            }
        }

        return value.List.Length == 0 ? double.NaN : sum / _classes;
    }

    /// <summary>The curve: false and true positive rates from (0, 0), one point for each different score.</summary>
    public (double[] FalsePositiveRates, double[] TruePositiveRates) Curve(MetricValue value, int c = 0)
    {
        var ranked = new RankedScores(value.List, _classes + 2, c, _classes == 1 ? 1 : c);
        return ([0, .. ranked.Misses.Select(m => m / ranked.Negatives)], [0, .. ranked.Hits.Select(h => h / ranked.Positives)]);
    }
}
