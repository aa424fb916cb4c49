using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// (1 - x·t) in logits x: (1 - t)·x + (1 + (positiveWeights - 1)·t)·log(1 + exp(-x)), stable for any x, times the second target where there is one (weights); the mean over
/// all elements. positiveWeights: one for each of the last axis.
/// </summary>
public sealed class BinaryCrossEntropyLogits(IReadOnlyList<double>? positiveWeights = null) : TermLoss
{
    public override Spec Spec => positiveWeights is null ? new("bceLogits") : new("bceLogits", new() { ["positiveWeights"] = new JsonArray([.. positiveWeights.Select(w => JsonValue.Create(w))]) });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 2);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term positive = positiveWeights is null ? p.Number(1) : (t * (t.Constant(new Shape(positiveWeights.Count), positiveWeights) - 1)) + 1;
        Term loss = ((1 - t) * p) + (positive * (-p).Softplus());
        return (targets.Count > 1 ? loss * new Term(g, targets[1]) : loss).Value;
    }
}
