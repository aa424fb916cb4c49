using System.Globalization;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The part of the rows whose label is among the k largest scores; of equal scores the first classes count. Scores (n, classes), labels (n).</summary>
public sealed class TopKAccuracy(int k = 5) : Metric
{
    private readonly int _k = k >= 1 ? k : throw new SpecException($"[topK] k is {k}; it must be at least 1", "k");

    public override Spec Spec => new("topK", new() { ["k"] = _k });

    public override string Name => "top" + _k.ToString(CultureInfo.InvariantCulture);

    public override MetricValue Empty => Sums(0, 0);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("topK", prediction, target, weight);
        double correct = 0;
        double count = 0;
        for (long r = 0; r < rows.Rows; r++)
        {
            double w = rows.Weight(r);
            correct += Better(rows.Prediction(r), rows.Label(r)) < _k ? w : 0;
            count += w;
        }

        return Sums(correct, count);
    }

    public override double Result(MetricValue value) => Mean(value);

    /// <summary>How many classes come before the label.</summary>
    private static int Better(ReadOnlySpan<float> scores, long label)
    {
        if (label < 0 || label >= scores.Length)
        {
            return int.MaxValue;
        }

        int before = 0;
        float own = scores[(int)label];
        for (int c = 0; c < scores.Length; c++)
        {
            before += scores[c] > own || (scores[c] == own && c < label) ? 1 : 0;
        }

        return before;
    }
}
