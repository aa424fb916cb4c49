using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>The cosine of x and each row of <c>weight</c> (out, in): (N, in) to (N, out). Torch7.</summary>
/// <param name="outFeatures">Rows of the weight.</param>
public sealed class Cosine(long outFeatures) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Value weight = scope.Parameter("weight", new Shape(outFeatures, x.Shape[1].Factor), Initialiser.FanInUniform(x.Shape[1].Factor));
        return Distances.Cosine(scope.G, scope.G.Add("Unsqueeze", x, scope.G.Constant([1L])), weight, -1, 1e-12);
    }
}
