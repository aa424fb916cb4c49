using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// log(1 + exp(-p·t)), t = -1 or 1; the mean over all elements.
/// </summary>
public sealed class SoftMargin : TermLoss
{
    public override Spec Spec => new("softMargin");

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return (-(p * t)).Softplus().Value;
    }
}
