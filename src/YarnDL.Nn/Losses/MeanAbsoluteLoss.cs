namespace YarnDL.Nn;

/// <summary>
/// The mean of |p - t| over all elements.
/// </summary>
public sealed class MeanAbsoluteLoss : PairLoss
{
    public override Spec Spec => new("mae");

    private protected override Term Of(Term p, Term t) => (p - t).Abs();
}
