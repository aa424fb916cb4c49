using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// -(1 - p)^gamma·log p, p the softmax of the label; logits (N, classes, ...), labels (N, ...); the mean over the labels. Lin and others, 2017.
/// </summary>
public sealed class SoftmaxFocal(double gamma = 2) : TermLoss
{
    private readonly double _gamma = gamma >= 0 ? gamma : throw new SpecException($"[softmaxFocal] gamma is {gamma}; it must be at least 0", "gamma");

    public override bool JudgesClasses => true;

    public override Spec Spec => new("softmaxFocal", new() { ["gamma"] = _gamma });

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term logs = new(g, g.Add("LogSoftmax", predictions[0], ("axis", 1)));
        Term own = new Term(g, targets[0]).OneHot(predictions[0].Shape[1].Factor, 1);
        Term log = Term.If(own, logs, logs.Number(0)).Sum(1);
        return (-((1 - log.Exp()).Pow(_gamma) * log)).Value;
    }
}
