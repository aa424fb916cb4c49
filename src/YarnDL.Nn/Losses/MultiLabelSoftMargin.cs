using System.Text.Json.Nodes;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// t·log(1 + exp(-x)) + (1 - t)·log(1 + exp(x)), times weights, its mean over the last axis; t = 0 or 1; the mean over the positions.
/// </summary>
public sealed class MultiLabelSoftMargin(IReadOnlyList<double>? weights = null) : PairLoss
{
    public override Spec Spec => weights is null ? new("multiLabelSoftMargin") : new("multiLabelSoftMargin", new() { ["weights"] = new JsonArray([.. weights.Select(w => JsonValue.Create(w))]) });

    public override LossTerms Each => LossTerms.Positions;

    private protected override Term Of(Term p, Term t)
    {
        Term loss = (t * (-p).Softplus()) + ((1 - t) * p.Softplus());
        return (weights is null ? loss : loss * p.Constant(new Shape(weights.Count), weights)).MeanOfLast();
    }
}
