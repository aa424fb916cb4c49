using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x with axes of extent 1 at these places of the result.</summary>
/// <param name="axes">Never 0, the rows.</param>
public sealed class Unsqueeze(params IReadOnlyList<long> axes) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Unsqueeze", x, scope.G.Constant([.. axes]));
}
