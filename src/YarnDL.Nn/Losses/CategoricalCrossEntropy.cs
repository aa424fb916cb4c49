using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Keras' cross entropy of probabilities (N, ..., classes) against distributions: -sum of t·log(p / sum p) over the last axis, quotients at least 1e-7; the mean over the positions.
/// </summary>
public sealed class CategoricalCrossEntropy : TermLoss
{
    public override Spec Spec => new("categoricalCrossEntropy");

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term share = p / p.Sum(-1).Unsqueezed(-1);
        return (-(t * share.AtLeast(1e-7).Log()).Sum(-1)).Value;
    }
}
