using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Keras' Poisson loss: the mean of p - t·log(p + epsilon) over the last axis; the mean over the positions.
/// </summary>
public sealed class PoissonMean(double epsilon = 1e-7) : TermLoss
{
    private readonly double _epsilon = epsilon > 0 ? epsilon : throw new SpecException($"[poissonMean] epsilon is {epsilon}; it must be more than 0", "epsilon");

    public override Spec Spec => new("poissonMean", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return (p - (t * (p + _epsilon).Log())).MeanOfLast().Value;
    }
}
