using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// t·log(1 + exp(-x)) + (1 - t)·log(1 + exp(x)), times weights, its mean over the last axis; t = 0 or 1; the mean over the positions.
/// </summary>
public sealed class MultiLabelSoftMargin(IReadOnlyList<double>? weights = null) : TermLoss
{
    public override Spec Spec => weights is null ? new("multiLabelSoftMargin") : new("multiLabelSoftMargin", new() { ["weights"] = new JsonArray([.. weights.Select(w => JsonValue.Create(w))]) });

    public override LossTerms Each => LossTerms.Positions;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term p = Like(g, predictions[0], targets[0]);
        Term t = new(g, targets[0]);
        Term loss = (t * (-p).Softplus()) + ((1 - t) * p.Softplus());
        return (weights is null ? loss : loss * p.Constant(new Shape(weights.Count), weights)).MeanOfLast().Value;
    }
}
