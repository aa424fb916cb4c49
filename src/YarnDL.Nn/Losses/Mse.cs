using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Mean squared error over all elements of (N, ...): sum of (prediction - target)² over their number; with row weights, weighted by them.</summary>
public sealed class Mse : Loss
{
    public override Spec Spec => new("mse");

    public override Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight)
    {
        target = prediction.Shape.Rank == target.Shape.Rank + 1 && prediction.Shape[prediction.Shape.Rank - 1] == 1 ? g.Add("Unsqueeze", target, g.Constant((long)target.Shape.Rank)) : target;
        if (!prediction.Shape.Equals(target.Shape) || target.DType != DType.Float32)
        {
            throw new GraphException($"[mse] the prediction has shape {prediction.Shape}, the target is {target.DType}{target.Shape}; both must be float32 of one shape; give the model one output per target number, and a class label a loss for classes (crossEntropy)");
        }

        Value d = g.Add("Sub", prediction, target);
        Value square = g.Add("Mul", d, d);
        return Rows.Sum(g, rowWeight is null ? square : g.Add("Mul", square, Rows.Weights(g, rowWeight, square)));
    }

    public override Value Denominator(GraphBuilder g, Value target, Value? rowWeight) =>
        Rows.Sum(g, g.Add("ExpandLike", rowWeight is null ? g.Constant(1f) : Rows.Weights(g, rowWeight, target), target));
}
