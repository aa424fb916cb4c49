namespace YarnDL.Nn;

/// <summary>
/// Keras' divergence: sum of t·log(t / p) over the last axis, both limited to epsilon..1; the mean over the positions.
/// </summary>
public sealed class KullbackLeibler(double epsilon = 1e-7) : PairLoss
{
    private readonly double _epsilon = Positive("kullbackLeibler", "epsilon", epsilon);

    public override Spec Spec => new("kullbackLeibler", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t)
    {
        Term q = p.Between(_epsilon, 1);
        Term r = t.Between(_epsilon, 1);
        return (r * (r / q).Log()).Sum(-1);
    }
}
