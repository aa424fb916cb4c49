using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Places offset .. offset + length - 1 of an axis.</summary>
/// <param name="axis">Never the row axis.</param>
/// <param name="offset">The first place.</param>
/// <param name="length">How many.</param>
public sealed class Narrow(int axis, long offset, long length) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Slice", [x, scope.G.Constant([offset]), scope.G.Constant([offset + length]), scope.G.Constant([(long)axis])]);
}
