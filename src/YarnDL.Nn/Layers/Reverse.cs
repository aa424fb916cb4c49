using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>An axis from the last place to the first.</summary>
/// <param name="axis">Never the row axis.</param>
public sealed class Reverse(int axis = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Slice", [x, scope.G.Constant([-1L]), scope.G.Constant([-int.MaxValue - 1L]), scope.G.Constant([(long)axis]), scope.G.Constant([-1L])]);
}
