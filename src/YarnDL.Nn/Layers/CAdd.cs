using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>x plus <c>bias</c> of a size that broadcasts against a row; 0 at first. Torch7.</summary>
/// <param name="size">Extents, last axis last; 1 for a single number.</param>
public sealed class CAdd(params IReadOnlyList<long> size) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Add", x, scope.Parameter("bias", new Shape([.. size]), Initialiser.Zeros));
}
