using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Sum over labels j and other classes i of max(0, 1 - x[j] + x[i]), divided by the number of classes; scores (N, classes), int64 targets (N, places): labels, ended by -1; the mean over the rows.
/// </summary>
public sealed class MultiLabelMargin : TermLoss
{
    public override Spec Spec => new("multiLabelMargin");

    public override LossTerms Each => LossTerms.Rows;

    public override Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets)
    {
        Expect(predictions, "predictions", 1, 1);
        Expect(targets, "targets", 1, 1);
        Term x = new(g, predictions[0]);
        Term t = new(g, targets[0]);
        long classes = predictions[0].Shape[1].Factor;
        Term ended = t.With("Less", t.Constant(0)).Float();
        Term open = new(g, g.Add("CumSum", ended.Value, g.Constant(Tensor.Scalar(1L))));
        Term hits = Term.If(open.With("Greater", 0).Unsqueezed(2), x.Number(0), t.OneHot(classes, 2).Float());
        Term label = new(g, g.Add("ReduceMax", hits.Value, g.Constant(1L), ("keepdims", 0)));
        Term pairs = (1 - x.Unsqueezed(2) + x.Unsqueezed(1)).Relu();
        return ((pairs * label.Unsqueezed(2) * (1 - label).Unsqueezed(1)).Sum(1, 2) / classes).Value;
    }
}
