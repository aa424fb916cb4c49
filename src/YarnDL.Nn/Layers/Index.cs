using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Fixed places of an axis, in this order.</summary>
/// <param name="axis">Never the row axis.</param>
/// <param name="places">From 0; they may repeat.</param>
public sealed class Index(int axis, params IReadOnlyList<long> places) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        (int at, long extent) = Axis.Of(scope, x, axis);
        return scope.G.Add("Gather", x, scope.G.Constant([.. places.Select(p => Axis.Place(scope, p, axis, extent))]), ("axis", at));
    }
}
