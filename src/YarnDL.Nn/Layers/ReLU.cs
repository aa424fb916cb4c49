using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>max(x, 0), element by element.</summary>
public sealed class ReLU : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Relu", x);
}
