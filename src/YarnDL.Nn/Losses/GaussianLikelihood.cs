using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// (log v + (x - t)² / v) / 2, predictions: x and the variance v (of its shape, or (N, 1)), v at least epsilon; full adds log(2·pi) / 2; the mean over all elements.
/// </summary>
public sealed class GaussianLikelihood(bool full = false, double epsilon = 1e-6) : TermLoss
{
    private readonly double _epsilon = Positive("gaussianNll", "epsilon", epsilon);

    public override Spec Spec => new("gaussianNll", new() { ["full"] = full, ["epsilon"] = _epsilon });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 2, 2);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term v = new Term(g, predictions[1]).AtLeast(_epsilon);
        Term loss = (v.Log() + ((p - t).Squared() / v)) * 0.5;
        return (full ? loss + 0.9189385332046727 : loss).Value;
    }
}
