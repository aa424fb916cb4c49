using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// log(cosh(d)) = d + log(1 + exp(-2·d)) - log 2, d = p - t; the mean over all elements.
/// </summary>
public sealed class LogCosh : TermLoss
{
    public override Spec Spec => new("logCosh");

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term d = p - t;
        return (d + (d * -2).Softplus() - 0.6931471805599453).Value;
    }
}
