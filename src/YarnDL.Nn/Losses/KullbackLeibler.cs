using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Keras' divergence: sum of t·log(t / p) over the last axis, both limited to epsilon..1; the mean over the positions.
/// </summary>
public sealed class KullbackLeibler(double epsilon = 1e-7) : TermLoss
{
    private readonly double _epsilon = epsilon > 0 ? epsilon : throw new SpecException($"[kullbackLeibler] epsilon is {epsilon}; it must be more than 0", "epsilon");

    public override Spec Spec => new("kullbackLeibler", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term q = p.Between(_epsilon, 1);
        Term r = t.Between(_epsilon, 1);
        return (r * (r / q).Log()).Sum(-1).Value;
    }
}
