using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>(N, T, E) plus a learned vector per position: <c>weight</c> (count, E), normal with deviation 0.02 at first.</summary>
/// <param name="count">The most steps.</param>
public sealed class LearnedPositions(long count) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 3 || x.Shape[1].Factor > count)
        {
            throw scope.Error($"input has shape {x.Shape}", $"it takes (N, T, E) with up to {count} steps");
        }

        GraphBuilder g = scope.G;
        Value weight = scope.Parameter("weight", new Shape(count, x.Shape[2].Factor), Initialiser.Normal(0, 0.02));
        return g.Add("Add", x, x.Shape[1].Factor == count ? weight : g.Add("Slice", [weight, g.Constant([0L]), g.Constant([x.Shape[1].Factor]), g.Constant([0L])]));
    }
}
