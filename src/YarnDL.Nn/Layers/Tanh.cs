using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The hyperbolic tangent, element by element.</summary>
public sealed class Tanh : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Tanh", x);
}
