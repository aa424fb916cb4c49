namespace YarnDL.Nn;

/// <summary>
/// Keras' proximity: -cos(p, t) over the last axis; the mean over the positions.
/// </summary>
public sealed class CosineProximity : PairLoss
{
    public override Spec Spec => new("cosineProximity");

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t) => -Term.Cosine(p, t);
}
