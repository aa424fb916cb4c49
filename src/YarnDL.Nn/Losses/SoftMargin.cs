namespace YarnDL.Nn;

/// <summary>
/// log(1 + exp(-p·t)), t = -1 or 1; the mean over all elements.
/// </summary>
public sealed class SoftMargin : PairLoss
{
    public override Spec Spec => new("softMargin");

    private protected override Term Of(Term p, Term t) => (-(p * t)).Softplus();
}
