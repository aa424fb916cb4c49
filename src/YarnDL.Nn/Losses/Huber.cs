namespace YarnDL.Nn;

/// <summary>
/// With d = p - t: d² / 2 where |d| is at most delta, else delta·(|d| - delta / 2); the mean over all elements. Huber, 1964.
/// </summary>
public sealed class Huber(double delta = 1) : PairLoss
{
    private readonly double _delta = Positive("huber", "delta", delta);

    public override Spec Spec => new("huber", new() { ["delta"] = _delta });

    private protected override Term Of(Term p, Term t) => Term.Rounded(p - t, _delta, 0.5, _delta);
}
