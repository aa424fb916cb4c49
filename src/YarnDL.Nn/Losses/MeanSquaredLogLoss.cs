using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Keras' logarithmic error: (log(max(p, epsilon) + 1) - log(max(t, epsilon) + 1))², its mean over the last axis; the mean over the positions.
/// </summary>
public sealed class MeanSquaredLogLoss(double epsilon = 1e-7) : TermLoss
{
    private readonly double _epsilon = epsilon > 0 ? epsilon : throw new SpecException($"[msle] epsilon is {epsilon}; it must be more than 0", "epsilon");

    public override Spec Spec => new("msle", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        return ((p.AtLeast(_epsilon) + 1).Log() - (t.AtLeast(_epsilon) + 1).Log()).Squared().MeanOfLast().Value;
    }
}
