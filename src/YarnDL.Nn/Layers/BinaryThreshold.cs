using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>1 above the threshold, else 0; no gradient. Torch7.</summary>
/// <param name="threshold">The bound.</param>
public sealed class BinaryThreshold(double threshold = 1e-6) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Cast", scope.G.Add("Greater", x, scope.G.Constant((float)threshold)), ("to", 1));
}
