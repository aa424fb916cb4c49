using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Keras' categorical hinge over the last axis: max(0, max((1 - t)·p) - sum(t·p) + 1); the mean over the positions.
/// </summary>
public sealed class CategoricalHinge : TermLoss
{
    public override Spec Spec => new("categoricalHinge");

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term wrong = new(g, g.Add("ReduceMax", ((1 - t) * p).Value, g.Constant(-1L), ("keepdims", 0)));
        return (wrong - (t * p).Sum(-1) + 1).Relu().Value;
    }
}
