namespace YarnDL.Nn;

/// <summary>
/// The pinball loss max(q·d, (q - 1)·d), d = t - p; the mean over all elements. Koenker and Bassett, 1978.
/// </summary>
public sealed class QuantileLoss(double quantile = 0.5) : PairLoss
{
    private readonly double _quantile = quantile is > 0 and < 1 ? quantile : throw new SpecException($"[quantile] quantile is {quantile}; it must be between 0 and 1", "quantile");

    public override Spec Spec => new("quantile", new() { ["quantile"] = _quantile });

    private protected override Term Of(Term p, Term t)
    {
        Term d = t - p;
        return (d * _quantile).With("Max", d * (_quantile - 1));
    }
}
