namespace YarnDL.Nn;

/// <summary>
/// The sum of p·t over a row; the mean over the rows.
/// </summary>
public sealed class DotProduct : PairLoss
{
    public override Spec Spec => new("dotProduct");

    public override LossTerms Each => LossTerms.Rows;

    private protected override Term Of(Term p, Term t) => p * t;
}
