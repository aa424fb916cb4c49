using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// 1 - cos(p, t) over the last axis; the mean over the positions.
/// </summary>
public sealed class CosineDistance : TermLoss
{
    public override Spec Spec => new("cosineDistance");

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return (1 - Cosine(p, t)).Value;
    }

    private static Term Cosine(Term a, Term b) => (a * b).Sum(-1) / ((a.Squared().Sum(-1) + 1e-12) * (b.Squared().Sum(-1) + 1e-12)).Of("Sqrt");
}
