using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The axes in another order: extent i of the result is extent axes[i] of x. The row axis 0 stays first.</summary>
/// <param name="axes">All axes, 0 first.</param>
public sealed class Permute(params IReadOnlyList<long> axes) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Transpose", x, ("perm", axes.ToArray()));
}
