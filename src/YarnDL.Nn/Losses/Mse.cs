using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Mean squared error over all elements of (N, ...): sum of (prediction - target)² over their number; with row weights, weighted by them.</summary>
public sealed class Mse : Loss
{
    public override Spec Spec => new("mse");

    public override Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight) => throw new NotImplementedException();

    public override Value Denominator(GraphBuilder g, Value target, Value? rowWeight) => throw new NotImplementedException();
}
