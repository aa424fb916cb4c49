using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// The mean of |p - t| over all elements.
/// </summary>
public sealed class MeanAbsoluteLoss : TermLoss
{
    public override Spec Spec => new("mae");

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return (p - t).Abs().Value;
    }
}
