using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// A loss at every step of (N, steps, ...), added up over the steps or averaged. Scores (N, steps, classes) against labels (N, steps) come to the inner loss as
/// (N, classes, steps). A mask is the inner loss's ignoreIndex, averaged.
/// </summary>
public sealed class TimeDistributedLoss(Loss inner, bool average = true) : Loss
{
    public override Spec Spec => new("timeDistributed", new() { ["loss"] = inner.Spec.ToJson(), ["average"] = average });

    public override Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight)
    {
        if (prediction.Shape.Rank == target.Shape.Rank + 1)
        {
            int rank = prediction.Shape.Rank;
            var order = new long[rank];
            (order[0], order[1]) = (0, rank - 1);
            for (int a = 2; a < rank; a++)
            {
                order[a] = a - 1;
            }

            prediction = g.Add("Transpose", prediction, ("perm", order));
        }

        return inner.Numerator(g, prediction, target, rowWeight);
    }

    public override Value Denominator(GraphBuilder g, Value target, Value? rowWeight)
    {
        Value all = inner.Denominator(g, target, rowWeight);
        return average ? all : g.Add("Div", all, g.Constant((float)target.Shape[1].Factor));
    }
}
