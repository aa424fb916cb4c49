using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// The area under the precision-recall curve, exact: all scores are kept. Scores (n) of class 1, labels (n) 0 or 1. Average precision sums precision times the growth
/// of recall over the different scores; trapezoid joins the points, from recall 0 at precision 1, by straight lines. NaN without rows of class 1.
/// </summary>
public sealed class PrecisionRecallAuc(bool trapezoid = false) : Metric
{
    public override Spec Spec => new("prAuc", new() { ["trapezoid"] = trapezoid });

    public override MetricValue Empty => Sums();

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("prAuc", prediction, target, weight);
        return rows.Width == 1 ? new([], RankedScores.Collect(rows))
            : throw new ArgumentException($"[prAuc] the prediction has {rows.Width} scores per row; it must have one");
    }

    public override double Result(MetricValue value)
    {
        var ranked = new RankedScores(value.List, 3, 0, 1);
        double area = 0;
        double recall = 0;
        double precision = 1;
        for (int i = 0; i < ranked.Hits.Count; i++)
        {
            double nextRecall = ranked.Hits[i] / ranked.Positives;
            double nextPrecision = ranked.Hits[i] / (ranked.Hits[i] + ranked.Misses[i]);
            area += (nextRecall - recall) * (trapezoid ? (precision + nextPrecision) / 2 : nextPrecision);
            (recall, precision) = (nextRecall, nextPrecision);
        }

        return ranked.Positives == 0 ? double.NaN : area;
    }
}
