using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A loss whose terms are a formula of one prediction and one target of the same shape; perhaps times a second target, weights.</summary>
public abstract class PairLoss : TermLoss
{
    /// <summary>Whether a second target, if it is given, weighs the terms.</summary>
    private protected virtual bool TakesWeights => false;

    public sealed override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, TakesWeights ? 2 : 1);
        Term terms = Of(Like(g, predictions[0], targets[0]), new Term(g, targets[0]));
        return (targets.Count > 1 ? terms * new Term(g, targets[1]) : terms).Value;
    }

    /// <summary>The terms of prediction p and target t.</summary>
    private protected abstract Term Of(Term p, Term t);
}
