namespace YarnDL.Nn;

/// <summary>
/// Keras' percentage error: 100·|t - p| / max(|t|, epsilon), its mean over the last axis; the mean over the positions.
/// </summary>
public sealed class MeanAbsolutePercentageLoss(double epsilon = 1e-7) : PairLoss
{
    private readonly double _epsilon = Positive("mape", "epsilon", epsilon);

    public override Spec Spec => new("mape", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t) => ((t - p).Abs() / t.Abs().AtLeast(_epsilon) * 100).MeanOfLast();
}
