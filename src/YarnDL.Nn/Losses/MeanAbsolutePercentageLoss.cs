using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Keras' percentage error: 100·|t - p| / max(|t|, epsilon), its mean over the last axis; the mean over the positions.
/// </summary>
public sealed class MeanAbsolutePercentageLoss(double epsilon = 1e-7) : TermLoss
{
    private readonly double _epsilon = epsilon > 0 ? epsilon : throw new SpecException($"[mape] epsilon is {epsilon}; it must be more than 0", "epsilon");

    public override Spec Spec => new("mape", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return ((t - p).Abs() / t.Abs().AtLeast(_epsilon) * 100).MeanOfLast().Value;
    }
}
