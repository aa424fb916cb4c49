namespace YarnDL.Nn;

/// <summary>
/// With d = p - t: d² / (2·beta) where |d| is less than beta, else |d| - beta / 2; the mean over all elements. Girshick, 2015.
/// </summary>
public sealed class SmoothL1(double beta = 1) : PairLoss
{
    private readonly double _beta = Positive("smoothL1", "beta", beta);

    public override Spec Spec => new("smoothL1", new() { ["beta"] = _beta });

    private protected override Term Of(Term p, Term t) => Term.Rounded(p - t, _beta, 0.5 / _beta, 1);
}
