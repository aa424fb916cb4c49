using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The part of the rows whose largest score is the label's; of equal scores the first class counts. Scores (n, classes), labels (n).</summary>
public sealed class Accuracy : Metric
{
    public override Spec Spec => new("accuracy");

    public override MetricValue Empty => Sums(0, 0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("accuracy", prediction, target, weight);
        double correct = 0;
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            double w = rows.Weight(r);
            correct += MetricRows.Best(rows.Prediction(r)) == rows.Label(r) ? w : 0;
            count += w;
        }

        return Sums(correct, count);
    }

    public override double Result(MetricValue value) => Mean(value);
}
