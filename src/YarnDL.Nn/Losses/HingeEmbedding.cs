using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// x where t is 1, max(0, margin - x) where t is -1; the mean over all elements.
/// </summary>
public sealed class HingeEmbedding(double margin = 1) : TermLoss
{
    public override Spec Spec => new("hingeEmbedding", new() { ["margin"] = margin });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return Term.If(t.With("Greater", 0), p, (margin - p).Relu()).Value;
    }
}
