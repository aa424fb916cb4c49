using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Sum over the other classes j of max(0, margin - x[label] + x[j])^power, times weights[label], divided by the number of classes; scores (N, classes), labels (N); the mean over the rows.
/// </summary>
public sealed class MultiMargin(long power = 1, double margin = 1, IReadOnlyList<double>? weights = null) : TermLoss
{
    private readonly long _power = power is 1 or 2 ? power : throw new SpecException($"[multiMargin] power is {power}; it must be 1 or 2", "power");

    public override bool JudgesClasses => true;

    public override Spec Spec => weights is null ? new("multiMargin", new() { ["power"] = _power, ["margin"] = margin }) : new("multiMargin", new() { ["power"] = _power, ["margin"] = margin, ["weights"] = new JsonArray([.. weights.Select(w => JsonValue.Create(w))]) });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term x = new(g, predictions[0]);
        long classes = predictions[0].Shape[1].Factor;
        Term own = new Term(g, targets[0]).OneHot(classes, 1);
        Term score = Term.If(own, x, x.Number(0)).Sum(1).Unsqueezed(1);
        Term loss = Term.If(own, x.Number(0), (margin - score + x).Relu().Pow(_power)).Sum(1) / classes;
        return (weights is null ? loss : loss * Term.If(own, x.Constant(new Shape(1, classes), weights), x.Number(0)).Sum(1)).Value;
    }
}
