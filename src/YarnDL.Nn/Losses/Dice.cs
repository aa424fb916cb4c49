namespace YarnDL.Nn;

/// <summary>
/// 1 - (2·sum(p·t) + epsilon) / (sum p + sum t + epsilon) over a row; the mean over the rows. Milletari and others, 2016.
/// </summary>
public sealed class Dice(double epsilon = 1) : PairLoss
{
    public override Spec Spec => new("dice", new() { ["epsilon"] = epsilon });

    public override LossTerms Each => LossTerms.Rows;

    private protected override Term Of(Term p, Term t)
    {
        long[] axes = new long[t.Value.Shape.Rank - 1];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = i + 1;
        }

        return 1 - ((((p * t).Sum(axes) * 2) + epsilon) / (p.Sum(axes) + t.Sum(axes) + epsilon));
    }
}
