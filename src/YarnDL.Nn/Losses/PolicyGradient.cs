using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// -sum of t·log p over a row, t the reward of the action taken, else 0; the mean over the rows. Williams, 1992.
/// </summary>
public sealed class PolicyGradient : TermLoss
{
    public override Spec Spec => new("policyGradient");

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return (-(t * p.Log())).Value;
    }
}
