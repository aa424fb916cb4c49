using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>x over its p-norm across the channels of (N, C, ..), times <c>weight</c> (C), <paramref name="scale"/> at first. Liu et al., SSD, 2016.</summary>
/// <param name="scale">First weights.</param>
/// <param name="p">The exponent.</param>
/// <param name="epsilon">The least norm.</param>
public sealed class NormalizeScale(double scale = 20, double p = 2, double epsilon = 1e-10) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Value weight = scope.Parameter("weight", new Shape(x.Shape[1].Factor), Initialiser.Constant((float)scale));
        Value unit = scope.G.Add("Div", x, Normalize.Norm(scope.G, x, p, 1, epsilon));
        return scope.G.Add("Mul", unit, Channels.Shaped(scope.G, weight, x));
    }
}
