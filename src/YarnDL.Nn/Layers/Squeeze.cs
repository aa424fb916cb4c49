using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x without axes of extent 1.</summary>
/// <param name="axes">Negative axes count from the last.</param>
public sealed class Squeeze(params IReadOnlyList<long> axes) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Squeeze", x, scope.G.Constant([.. axes]));
}
