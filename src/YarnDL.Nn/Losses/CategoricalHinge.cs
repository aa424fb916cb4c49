namespace YarnDL.Nn;

/// <summary>
/// Keras' categorical hinge over the last axis: max(0, max((1 - t)·p) - sum(t·p) + 1); the mean over the positions.
/// </summary>
public sealed class CategoricalHinge : PairLoss
{
    public override Spec Spec => new("categoricalHinge");

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t)
    {
        Term wrong = ((1 - t) * p).MaxOfLast();
        return (wrong - (t * p).Sum(-1) + 1).Relu();
    }
}
