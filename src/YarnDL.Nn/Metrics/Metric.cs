using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A measure of predictions against targets, as a mergeable value: per-row parts are added up exactly or kept in row order.</summary>
public abstract class Metric
{
    public abstract Spec Spec { get; }

    /// <summary>The measure of some rows (one shard or a part of it); predictions (n, ...) and targets (n, ...).</summary>
    public abstract MetricValue Measure(TensorView prediction, TensorView target, TensorView weight);

    /// <summary>The number that is shown.</summary>
    public abstract double Result(MetricValue value);

    /// <summary>True when a larger number is better.</summary>
    public virtual bool HigherIsBetter => true;
}
