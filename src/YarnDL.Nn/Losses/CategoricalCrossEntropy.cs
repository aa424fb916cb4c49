namespace YarnDL.Nn;

/// <summary>
/// Keras' cross entropy of probabilities (N, ..., classes) against distributions: -sum of t·log(p / sum p) over the last axis, quotients at least 1e-7; the mean over the positions.
/// </summary>
public sealed class CategoricalCrossEntropy : PairLoss
{
    public override Spec Spec => new("categoricalCrossEntropy");

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t)
    {
        Term share = p / p.Sum(-1).Unsqueezed(-1);
        return -(t * share.AtLeast(1e-7).Log()).Sum(-1);
    }
}
