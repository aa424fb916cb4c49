using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReduceMax.</summary>
public sealed class ReduceMax : ReduceOperator
{
    public override string Name => "ReduceMax";

    public override string Doc => "The largest value over axes (all without any). Equal maxima share the gradient equally.";

    protected override Reduction Reduction => Reduction.Max;

    public override Value?[] Gradient(GradientContext c)
    {
        if (RowsOf(c.Node) == RowBehaviour.Reduces)
        {
            throw new GraphException($"[ReduceMax] {c.Node.Name}: a maximum over rows has no gradient here, since a batch may be cut into shards; reduce other axes");
        }

        GraphBuilder g = c.G;
        Value y = Gradients.Shapes.Reshape(g, c.Output(0), Kept(c));
        Value hit = g.Add("Cast", g.Add("Equal", c.Input(0), y), ("to", 1));
        long[] axes = [.. Enumerable.Range(0, c.Input(0).Shape.Rank).Where(a => (Axes(c.Attributes, c.Node.Inputs) >> a & 1) == 1).Select(a => (long)a)];
        Value count = g.Add("ReduceSum", hit, g.Constant(axes));
        Value share = g.Add("Div", Gradients.Shapes.Reshape(g, c.Dy, Kept(c)), count);
        return [g.Add("Mul", hit, share)];
    }
}
