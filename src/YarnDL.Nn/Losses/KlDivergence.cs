namespace YarnDL.Nn;

/// <summary>
/// t·(log t - x) of log-probabilities x, 0 where t is 0; with logTarget exp(t)·(t - x). The mean over all elements, or with perRow the sum of a row, mean over the rows (PyTorch's batchmean).
/// </summary>
public sealed class KlDivergence(bool logTarget = false, bool perRow = false) : PairLoss
{
    public override Spec Spec => new("klDivergence", new() { ["logTarget"] = logTarget, ["perRow"] = perRow });

    /// <summary>All elements, or the rows.</summary>
    public override LossTerms Each => perRow ? LossTerms.Rows : LossTerms.Elements;

    private protected override Term Of(Term p, Term t)
    {
        if (logTarget)
        {
            return t.Exp() * (t - p);
        }

        Term some = t.With("Greater", 0);
        Term safe = Term.If(some, t, t.Number(1));
        return Term.If(some, t * (safe.Log() - p), -(t * p));
    }
}
