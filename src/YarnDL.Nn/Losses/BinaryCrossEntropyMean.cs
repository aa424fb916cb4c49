using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Keras' binary cross entropy: p limited to epsilon..1 - epsilon, -(t·log p + (1 - t)·log(1 - p)), its mean over the last axis; the mean over the positions.
/// </summary>
public sealed class BinaryCrossEntropyMean(double epsilon = 1e-7) : TermLoss
{
    private readonly double _epsilon = epsilon > 0 ? epsilon : throw new SpecException($"[binaryCrossEntropyMean] epsilon is {epsilon}; it must be more than 0", "epsilon");

    public override Spec Spec => new("binaryCrossEntropyMean", new() { ["epsilon"] = _epsilon });

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term q = p.Between(_epsilon, 1 - _epsilon);
        return (-((t * q.Log()) + ((1 - t) * (1 - q).Log()))).MeanOfLast().Value;
    }
}
