using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>exp(x) over its sum along an axis: rows add up as probabilities.</summary>
/// <param name="axis">Negative axes count from the last; never the row axis.</param>
public sealed class Softmax(int axis = -1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Softmax", x, ("axis", axis));
}
