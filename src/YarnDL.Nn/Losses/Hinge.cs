using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// max(0, margin - p·t), t = -1 or 1; the mean over all elements.
/// </summary>
public sealed class Hinge(double margin = 1) : TermLoss
{
    public override Spec Spec => new("hinge", new() { ["margin"] = margin });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return (margin - (p * t)).Relu().Value;
    }
}
