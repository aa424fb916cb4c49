using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The largest of several linear layers, element by element: (N, in) to (N, out), with <c>weight</c> (pieces · out, in). Goodfellow et al. 2013.</summary>
/// <param name="outFeatures">Width of the output.</param>
/// <param name="pieces">Linear layers to choose from.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class Maxout(long outFeatures, long pieces = 4, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        long seen = x.Shape[^1].Factor;
        Value weight = scope.Parameter("weight", new Shape(pieces * outFeatures, seen), Initialiser.KaimingUniform(Math.Sqrt(5)));
        Value? b = bias ? scope.Parameter("bias", new Shape(pieces * outFeatures), Initialiser.FanInUniform(seen)) : null;
        Value all = g.Add("Reshape", Positions.Linear(g, x, weight, b), g.Constant([-1L, pieces, outFeatures]));
        return g.Add("ReduceMax", all, g.Constant([1L]), ("keepdims", 0));
    }
}
