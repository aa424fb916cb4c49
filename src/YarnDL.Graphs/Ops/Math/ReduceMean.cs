using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReduceMean.</summary>
public sealed class ReduceMean : ReduceOperator
{
    public override string Name => "ReduceMean";

    public override string Doc => "The mean over axes (all without any). A mean over rows is forward only: a loss divides by its own denominator.";

    protected override Reduction Reduction => Reduction.Mean;

    public override Value?[] Gradient(GradientContext c)
    {
        if (RowsOf(c.Node) == RowBehaviour.Reduces)
        {
            throw new GraphException($"[ReduceMean] {c.Node.Name}: a mean over rows has no gradient here, since a batch may be cut into shards; use ReduceSum and divide by the loss's denominator");
        }

        ulong axes = Axes(c.Attributes, c.Node.Inputs);
        long terms = 1;
        for (int a = 0; a < c.Input(0).Shape.Rank; a++)
        {
            terms *= (axes >> a & 1) == 1 ? c.Input(0).Shape[a].Factor : 1;
        }

        return [Spread(c, c.G.Add("Div", c.Dy, c.G.Constant((float)terms)))];
    }
}
