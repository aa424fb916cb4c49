using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>ln(1 + e^(beta x)) / beta, safe for large x.</summary>
/// <param name="beta">Sharpness.</param>
public sealed class Softplus(double beta = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        return beta == 1 ? g.Add("Softplus", x) : g.Add("Div", g.Add("Softplus", g.Add("Mul", x, g.Constant((float)beta))), g.Constant((float)beta));
    }
}
