using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// t·(log t - x) of log-probabilities x, 0 where t is 0; with logTarget exp(t)·(t - x). The mean over all elements, or with perRow the sum of a row, mean over the rows (PyTorch's batchmean).
/// </summary>
public sealed class KlDivergence(bool logTarget = false, bool perRow = false) : TermLoss
{
    public override Spec Spec => new("klDivergence", new() { ["logTarget"] = logTarget, ["perRow"] = perRow });

    /// <summary>All elements, or the rows.</summary>
    public override LossTerms Each => perRow ? LossTerms.Rows : LossTerms.Elements;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        if (logTarget)
        {
            return (t.Exp() * (t - p)).Value;
        }

        Term some = t.With("Greater", 0);
        Term safe = Term.If(some, t, t.Number(1));
        return Term.If(some, t * (safe.Log() - p), -(t * p)).Value;
    }
}
