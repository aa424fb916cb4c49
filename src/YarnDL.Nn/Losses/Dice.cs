using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// 1 - (2·sum(p·t) + epsilon) / (sum p + sum t + epsilon) over a row; the mean over the rows. Milletari and others, 2016.
/// </summary>
public sealed class Dice(double epsilon = 1) : TermLoss
{
    public override Spec Spec => new("dice", new() { ["epsilon"] = epsilon });

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        long[] axes = new long[targets[0].Shape.Rank - 1];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = i + 1;
        }

        return (1 - ((((p * t).Sum(axes) * 2) + epsilon) / (p.Sum(axes) + t.Sum(axes) + epsilon))).Value;
    }
}
