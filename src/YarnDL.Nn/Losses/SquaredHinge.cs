namespace YarnDL.Nn;

/// <summary>
/// max(0, margin - p·t)², t = -1 or 1; the mean over all elements.
/// </summary>
public sealed class SquaredHinge(double margin = 1) : PairLoss
{
    public override Spec Spec => new("squaredHinge", new() { ["margin"] = margin });

    private protected override Term Of(Term p, Term t) => (margin - (p * t)).Relu().Squared();
}
