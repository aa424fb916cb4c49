namespace YarnDL.Nn;

/// <summary>
/// -sum of t·log p over a row, t the reward of the action taken, else 0; the mean over the rows. Williams, 1992.
/// </summary>
public sealed class PolicyGradient : PairLoss
{
    public override Spec Spec => new("policyGradient");

    public override LossTerms Each => LossTerms.Rows;

    private protected override Term Of(Term p, Term t) => -(t * p.Log());
}
