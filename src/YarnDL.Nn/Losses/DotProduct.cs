using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// The sum of p·t over a row; the mean over the rows.
/// </summary>
public sealed class DotProduct : TermLoss
{
    public override Spec Spec => new("dotProduct");

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return (p * t).Value;
    }
}
