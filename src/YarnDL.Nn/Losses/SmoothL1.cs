using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// With d = p - t: d² / (2·beta) where |d| is less than beta, else |d| - beta / 2; the mean over all elements. Girshick, 2015.
/// </summary>
public sealed class SmoothL1(double beta = 1) : TermLoss
{
    private readonly double _beta = beta > 0 ? beta : throw new SpecException($"[smoothL1] beta is {beta}; it must be more than 0", "beta");

    public override Spec Spec => new("smoothL1", new() { ["beta"] = _beta });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return Term.Rounded(p - t, _beta, 0.5 / _beta, 1).Value;
    }
}
