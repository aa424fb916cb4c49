namespace YarnDL.Nn;

/// <summary>
/// Keras' Poisson loss: the mean of p - t·log(p + epsilon) over the last axis; the mean over the positions.
/// </summary>
public sealed class PoissonMean(double epsilon = 1e-7) : PairLoss
{
    private readonly double _epsilon = Positive("poissonMean", "epsilon", epsilon);

    public override Spec Spec => new("poissonMean", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t) => (p - (t * (p + _epsilon).Log())).MeanOfLast();
}
