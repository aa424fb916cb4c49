namespace YarnDL.Nn;

/// <summary>
/// -(t·log p + (1 - t)·log(1 - p)), logarithms not below -100, times the second target where there is one (weights); the mean over all elements.
/// </summary>
public sealed class BinaryCrossEntropy : PairLoss
{
    public override Spec Spec => new("bce");

    private protected override bool TakesWeights => true;

    private protected override Term Of(Term p, Term t)
    {
        Term one = p.Number(1);
        return -((t * p.Log().AtLeast(-100)) + ((one - t) * (one - p).Log().AtLeast(-100)));
    }
}
