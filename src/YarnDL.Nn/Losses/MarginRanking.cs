using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// max(0, margin - t·(a - b)), predictions a and b, t = -1 or 1; the mean over all elements.
/// </summary>
public sealed class MarginRanking(double margin = 0) : TermLoss
{
    public override Spec Spec => new("marginRanking", new() { ["margin"] = margin });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 2, 2);
        Expect(targets, "targets", 1, 1);
        Term d = new Term(g, predictions[0]) - new Term(g, predictions[1]);
        return (margin - (new Term(g, targets[0]) * d)).Relu().Value;
    }
}
