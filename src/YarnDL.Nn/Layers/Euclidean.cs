using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The distance of x and each row of <c>weight</c> (out, in): (N, in) to (N, out). Torch7.</summary>
/// <param name="outFeatures">Rows of the weight.</param>
public sealed class Euclidean(long outFeatures) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        Value weight = scope.Parameter("weight", new Shape(outFeatures, x.Shape[1].Factor), Initialiser.FanInUniform(x.Shape[1].Factor));
        return g.Add("ReduceL2", g.Add("Sub", g.Add("Unsqueeze", x, g.Constant([1L])), weight), g.Constant([-1L]), ("keepdims", 0));
    }
}
