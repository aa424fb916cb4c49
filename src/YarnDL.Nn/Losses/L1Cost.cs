using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// The sum of |x| over a row; the target only counts rows; the mean over the rows.
/// </summary>
public sealed class L1Cost : TermLoss
{
    public override Spec Spec => new("l1Cost");

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        return new Term(g, predictions[0]).Abs().Value;
    }
}
