using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Divergence of normal distributions from the standard one, predictions: mean m and log-variance v: (exp(v) + m² - 1 - v) / 2, summed over a row; the mean over the rows. Kingma and Welling, 2014.
/// </summary>
public sealed class NormalKl : TermLoss
{
    public override Spec Spec => new("normalKl");

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 2, 2);
        Expect(targets, "targets", 1, 1);
        Term m = new(g, predictions[0]);
        Term v = new(g, predictions[1]);
        return ((v.Exp() + m.Squared() - 1 - v) * 0.5).Value;
    }
}
