using System.Text.Json.Nodes;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// (1 - x·t) in logits x: (1 - t)·x + (1 + (positiveWeights - 1)·t)·log(1 + exp(-x)), stable for any x, times the second target where there is one (weights); the mean over
/// all elements. positiveWeights: one for each of the last axis.
/// </summary>
public sealed class BinaryCrossEntropyLogits(IReadOnlyList<double>? positiveWeights = null) : PairLoss
{
    public override Spec Spec => positiveWeights is null ? new("bceLogits") : new("bceLogits", new() { ["positiveWeights"] = new JsonArray([.. positiveWeights.Select(w => JsonValue.Create(w))]) });

    private protected override bool TakesWeights => true;

    private protected override Term Of(Term p, Term t)
    {
        Term positive = positiveWeights is null ? p.Number(1) : (t * (t.Constant(new Shape(positiveWeights.Count), positiveWeights) - 1)) + 1;
        return ((1 - t) * p) + (positive * (-p).Softplus());
    }
}
