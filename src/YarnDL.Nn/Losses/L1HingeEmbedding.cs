using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// With d the sum of |a - b| over a row: d where t is 1, max(0, margin - d) where t is -1; predictions a and b (N, features), t (N); the mean over the rows.
/// </summary>
public sealed class L1HingeEmbedding(double margin = 1) : TermLoss
{
    public override Spec Spec => new("l1HingeEmbedding", new() { ["margin"] = margin });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 2, 2);
        Expect(targets, "targets", 1, 1);
        Term d = (new Term(g, predictions[0]) - new Term(g, predictions[1])).Abs().Sum(-1);
        return Term.If(new Term(g, targets[0]).With("Greater", 0), d, (margin - d).Relu()).Value;
    }
}
