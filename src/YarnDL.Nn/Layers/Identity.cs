using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x itself.</summary>
public sealed class Identity() : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Identity", x);
}
