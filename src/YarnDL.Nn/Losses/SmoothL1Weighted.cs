using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Fast R-CNN's box loss, targets: t, inside and outside weights. With d = inside·(p - t) and s = sigma²: outside·(s·d² / 2 where |d| is less than 1 / s, else |d| - 1 / (2·s)) / count.
/// Girshick, 2015.
/// </summary>
public sealed class SmoothL1Weighted(double sigma = 1, double count = 1) : TermLoss
{
    private readonly double _sigma = Positive("smoothL1Weighted", "sigma", sigma);
    private readonly double _count = Positive("smoothL1Weighted", "count", count);

    public override Spec Spec => new("smoothL1Weighted", new() { ["sigma"] = _sigma, ["count"] = _count });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 3, 3);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term d = (p - t) * new Term(g, targets[1]);
        double square = _sigma * _sigma;
        Term smooth = Term.Rounded(d, 1 / square, 0.5 * square, 1);
        return (smooth * new Term(g, targets[2]) / _count).Value;
    }
}
