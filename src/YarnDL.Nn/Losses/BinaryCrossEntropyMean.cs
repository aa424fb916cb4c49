namespace YarnDL.Nn;

/// <summary>
/// Keras' binary cross entropy: p limited to epsilon..1 - epsilon, -(t·log p + (1 - t)·log(1 - p)), its mean over the last axis; the mean over the positions.
/// </summary>
public sealed class BinaryCrossEntropyMean(double epsilon = 1e-7) : PairLoss
{
    private readonly double _epsilon = Positive("binaryCrossEntropyMean", "epsilon", epsilon);

    public override Spec Spec => new("binaryCrossEntropyMean", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t)
    {
        Term q = p.Between(_epsilon, 1 - _epsilon);
        return (-((t * q.Log()) + ((1 - t) * (1 - q).Log()))).MeanOfLast();
    }
}
