namespace YarnDL.Nn;

/// <summary>
/// 1 - cos(p, t) over the last axis; the mean over the positions.
/// </summary>
public sealed class CosineDistance : PairLoss
{
    public override Spec Spec => new("cosineDistance");

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t) => 1 - Term.Cosine(p, t);
}
