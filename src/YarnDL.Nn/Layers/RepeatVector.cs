using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>(N, D) to (N, count, D). Keras.</summary>
/// <param name="count">How often.</param>
public sealed class RepeatVector(long count) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Tile", scope.G.Add("Unsqueeze", x, scope.G.Constant([1L])), scope.G.Constant([1L, count, 1L]));
}
