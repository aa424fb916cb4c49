using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// -log of the normal density, predictions: mean m and log-variance v: (log 2·pi + v + (t - m)² / exp(v)) / 2, summed over a row; the mean over the rows.
/// </summary>
public sealed class NormalLikelihood : TermLoss
{
    public override Spec Spec => new("normalLikelihood");

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 2, 2);
        Expect(targets, "targets", 1, 1);
        Term m = new(g, predictions[0]);
        Term v = new(g, predictions[1]);
        Term d = new Term(g, targets[0]) - m;
        return ((v + (d.Squared() / v.Exp()) + 1.8378770664093453) * 0.5).Value;
    }
}
