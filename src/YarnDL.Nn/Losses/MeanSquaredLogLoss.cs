namespace YarnDL.Nn;

/// <summary>
/// Keras' logarithmic error: (log(max(p, epsilon) + 1) - log(max(t, epsilon) + 1))², its mean over the last axis; the mean over the positions.
/// </summary>
public sealed class MeanSquaredLogLoss(double epsilon = 1e-7) : PairLoss
{
    private readonly double _epsilon = Positive("msle", "epsilon", epsilon);

    public override Spec Spec => new("msle", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t) => ((p.AtLeast(_epsilon) + 1).Log() - (t.AtLeast(_epsilon) + 1).Log()).Squared().MeanOfLast();
}
