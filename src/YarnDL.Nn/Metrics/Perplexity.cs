using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>exp(mean cross entropy) over the labels other than the ignored one. Logits (n, ..., classes), labels (n, ...).</summary>
public sealed class Perplexity(long ignoreIndex = -100) : Metric
{
    public override Spec Spec => new("perplexity", new() { ["ignoreIndex"] = ignoreIndex });

    public override bool HigherIsBetter => false;

    /// <summary>Sum of cross entropies, labels counted.</summary>
    public override MetricValue Empty => Sums(0, 0);

    public override unsafe MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        var rows = new MetricRows("perplexity", prediction, target, weight);
        long classes = prediction.Shape[prediction.Shape.Rank - 1];
        long positions = classes == 0 ? 0 : rows.Width / classes;
        if (target.DType != DType.Int64 || target.Count != rows.Rows * positions)
        {
            throw new ArgumentException($"[perplexity] the target is {target.DType}{target.Shape}, the logits {prediction.Shape}; labels are int64, one per position");
        }

        double sum = 0;
        double count = 0;
        for (long i = 0; i < target.Count; i++)
        {
            long label = target.I64[i];
            if (label == ignoreIndex)
            {
                continue;
            }

            ReadOnlySpan<float> x = rows.Predictions.Slice((int)(i * classes), (int)classes);
            double most = x[MetricRows.Best(x)];
            double total = 0;
            foreach (float v in x)
            {
                total += Maths.Exp(v - most);
            }

            double w = rows.Weight(i / positions);
            sum += w * (most + Maths.Log(total) - x[(int)label]);
            count += w;
        }

        return Sums(sum, count);
    }

    public override double Result(MetricValue value) => Maths.Exp(Mean(value));
}
