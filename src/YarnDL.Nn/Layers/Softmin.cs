using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>e^-x over its sum along an axis.</summary>
/// <param name="axis">Negative axes count from the last; never the row axis.</param>
public sealed class Softmin(int axis = -1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Softmax", scope.G.Add("Neg", x), ("axis", axis));
}
