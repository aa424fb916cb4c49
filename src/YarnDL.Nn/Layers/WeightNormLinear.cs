using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A linear layer whose weight is <c>weight_g</c> · <c>weight_v</c> / |<c>weight_v</c>|, row by row: (N, .., in) to (N, .., out). Salimans and Kingma 2016.</summary>
/// <param name="outFeatures">Width of the output.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class WeightNormLinear(long outFeatures, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        long seen = x.Shape[^1].Factor;
        Value v = scope.Parameter("weight_v", new Shape(outFeatures, seen), Initialiser.KaimingUniform(Math.Sqrt(5)));
        Value length = scope.Parameter("weight_g", new Shape(outFeatures, 1), Initialiser.Ones);
        Value weight = g.Add("Mul", v, g.Add("Div", length, g.Add("ReduceL2", v, g.Constant([1L]), ("keepdims", 1))));
        return Positions.Linear(g, x, weight, bias ? scope.Parameter("bias", new Shape(outFeatures), Initialiser.FanInUniform(seen)) : null);
    }
}
