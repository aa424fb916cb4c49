using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// -(t·log p + (1 - t)·log(1 - p)), logarithms not below -100, times the second target where there is one (weights); the mean over all elements.
/// </summary>
public sealed class BinaryCrossEntropy : TermLoss
{
    public override Spec Spec => new("bce");

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 2);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term one = p.Number(1);
        Term loss = -((t * p.Log().AtLeast(-100)) + ((one - t) * (one - p).Log().AtLeast(-100)));
        return (targets.Count > 1 ? loss * new Term(g, targets[1]) : loss).Value;
    }
}
