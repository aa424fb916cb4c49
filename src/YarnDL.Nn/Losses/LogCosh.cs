namespace YarnDL.Nn;

/// <summary>
/// log(cosh(d)) = d + log(1 + exp(-2·d)) - log 2, d = p - t; the mean over all elements.
/// </summary>
public sealed class LogCosh : PairLoss
{
    public override Spec Spec => new("logCosh");

    private protected override Term Of(Term p, Term t)
    {
        Term d = p - t;
        return d + (d * -2).Softplus() - 0.6931471805599453;
    }
}
