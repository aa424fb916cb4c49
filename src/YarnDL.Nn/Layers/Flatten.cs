using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>(N, a, b, ...) to (N, a·b·...).</summary>
public sealed class Flatten : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Flatten", x, ("axis", 1));
}
