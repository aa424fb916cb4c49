using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// max(0, margin + negative - positive) of scores (N, 2): positive, negative; the target only counts rows; the mean over the rows.
/// </summary>
public sealed class RankHinge(double margin = 1) : TermLoss
{
    public override Spec Spec => new("rankHinge", new() { ["margin"] = margin });

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term x = new(g, predictions[0]);
        return (margin + x.Slice(1, 1, 2) - x.Slice(1, 0, 1)).Sum(1).Relu().Value;
    }
}
