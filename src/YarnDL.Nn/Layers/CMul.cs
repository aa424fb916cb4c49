using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>x times <c>weight</c> of a size that broadcasts against a row; 1 at first. Torch7.</summary>
/// <param name="size">Extents, last axis last; 1 for a single number.</param>
public sealed class CMul(params IReadOnlyList<long> size) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Mul", x, scope.Parameter("weight", new Shape([.. size]), Initialiser.Ones));
}
