using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The logarithm of the softmax along an axis: rows add up as probabilities.</summary>
/// <param name="axis">Negative axes count from the last; never the row axis.</param>
public sealed class LogSoftmax(int axis = -1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("LogSoftmax", x, ("axis", axis));
}
