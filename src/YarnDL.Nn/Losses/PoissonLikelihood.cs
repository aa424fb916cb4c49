namespace YarnDL.Nn;

/// <summary>
/// exp(x) - t·x of log-rates x, or without logInput x - t·log(x + epsilon) of rates; full adds t·log t - t + log(2·pi·t) / 2 where t is more than 1; the mean over all elements.
/// </summary>
public sealed class PoissonLikelihood(bool logInput = true, bool full = false, double epsilon = 1e-8) : PairLoss
{
    private readonly double _epsilon = Positive("poisson", "epsilon", epsilon);

    public override Spec Spec => new("poisson", new() { ["logInput"] = logInput, ["full"] = full, ["epsilon"] = _epsilon });

    private protected override Term Of(Term p, Term t)
    {
        Term loss = logInput ? p.Exp() - (t * p) : p - (t * (p + _epsilon).Log());
        if (full)
        {
            Term large = t.With("Greater", 1);
            Term safe = Term.If(large, t, t.Number(1));
            Term stirling = (safe * safe.Log()) - safe + (((safe * 6.283185307179586).Log()) * 0.5);
            loss += Term.If(large, stirling, t.Number(0));
        }

        return loss;
    }
}
