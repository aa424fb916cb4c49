using YarnDL.Graphs;
using YarnDL.Nn;

namespace OwnCode;

/// <summary>A loss: the mean of (prediction - target)^4, said as a sum over rows and what it is divided by. Its gradient follows from the operators.</summary>
internal sealed class Quartic : Loss
{
    public override Spec Spec => new("quartic");

    public override Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight)
    {
        prediction = prediction.Shape.Rank == target.Shape.Rank + 1 ? g.Add("Squeeze", prediction, g.Constant(-1L)) : prediction;
        Value d = g.Add("Sub", prediction, target);
        Value square = g.Add("Mul", d, d);
        Value each = g.Add("Mul", square, square);
        return g.Add("ReduceSum", rowWeight is null ? each : g.Add("Mul", each, rowWeight), ("keepdims", 0));
    }

    public override Value Denominator(GraphBuilder g, Value target, Value? rowWeight) =>
        g.Add("ReduceSum", rowWeight ?? g.Add("ExpandLike", g.Constant(1f), target), ("keepdims", 0));
}
