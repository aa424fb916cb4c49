using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// 1 - cos(a, b) where t is 1, max(0, cos(a, b) - margin) where t is -1; predictions a and b (N, features), t (N); the mean over the rows.
/// </summary>
public sealed class CosineEmbedding(double margin = 0) : TermLoss
{
    public override Spec Spec => new("cosineEmbedding", new() { ["margin"] = margin });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 2, 2);
        Expect(targets, "targets", 1, 1);
        Term cosine = Term.Cosine(new(g, predictions[0]), new(g, predictions[1]));
        return Term.If(new Term(g, targets[0]).With("Greater", 0), 1 - cosine, (cosine - margin).Relu()).Value;
    }
}
