namespace YarnDL.Nn;

/// <summary>The part of the rows on the right side of the threshold. Scores (n) of class 1, labels (n) 0 or 1.</summary>
public sealed class BinaryAccuracy(double threshold = 0.5) : ConfusionMetric("binaryAccuracy", 2, threshold)
{
    public override Spec Spec => Described("binaryAccuracy");

    public override double Result(MetricValue value) => Rows(value) == 0 ? double.NaN : Right(value) / Rows(value);
}
