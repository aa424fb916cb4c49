using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x repeated along the axes of a row.</summary>
/// <param name="repeats">One per axis, without the row axis.</param>
public sealed class Tile(params IReadOnlyList<long> repeats) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Tile", x, scope.G.Constant([1L, .. repeats]));
}
