using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>1 / (1 + exp(-x)), element by element.</summary>
public sealed class Sigmoid : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Sigmoid", x);
}
