using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// With d = p - t: d² / 2 where |d| is at most delta, else delta·(|d| - delta / 2); the mean over all elements. Huber, 1964.
/// </summary>
public sealed class Huber(double delta = 1) : TermLoss
{
    private readonly double _delta = delta > 0 ? delta : throw new SpecException($"[huber] delta is {delta}; it must be more than 0", "delta");

    public override Spec Spec => new("huber", new() { ["delta"] = _delta });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return Term.Rounded(p - t, _delta, 0.5, _delta).Value;
    }
}
