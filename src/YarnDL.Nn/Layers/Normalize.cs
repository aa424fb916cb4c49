using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x over its p-norm along an axis, which counts as at least epsilon.</summary>
/// <param name="p">The exponent, above 0.</param>
/// <param name="axis">Never the row axis.</param>
/// <param name="epsilon">The least norm.</param>
public sealed class Normalize(double p = 2, int axis = 1, double epsilon = 1e-12) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Div", x, Norm(scope.G, x, p, axis, epsilon));

    /// <summary>max(p-norm along an axis, epsilon), the axis kept.</summary>
    internal static Value Norm(GraphBuilder g, Value x, double p, long axis, double epsilon)
    {
        Value axes = g.Constant([axis]);
        Value norm = p == 1 ? g.Add("ReduceL1", x, axes, ("keepdims", 1)) : p == 2 ? g.Add("ReduceL2", x, axes, ("keepdims", 1))
            : g.Add("Pow", g.Add("ReduceSum", g.Add("Pow", g.Add("Abs", x), g.Constant((float)p)), axes, ("keepdims", 1)), g.Constant((float)(1 / p)));
        return g.Add("Max", norm, g.Constant((float)epsilon));
    }
}
