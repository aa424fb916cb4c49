using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A loss as numerator and denominator: loss = numerator / denominator over all rows of the batch, whatever the shards.</summary>
public abstract class Loss
{
    public abstract Spec Spec { get; }

    /// <summary>Appends nodes for the sum over rows, a scalar. The sum over rows is one of the table's row reductions.</summary>
    public abstract Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight);

    /// <summary>Appends nodes for the denominator, a scalar that depends on targets and row weights only.</summary>
    public abstract Value Denominator(GraphBuilder g, Value target, Value? rowWeight);
}
