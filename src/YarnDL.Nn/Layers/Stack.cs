using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Inputs of one shape along a new axis. Torch7's Pack.</summary>
/// <param name="axis">Place of the new axis, not 0.</param>
public sealed class Stack(int axis = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        return scope.G.Add("Concat", [.. inputs.Select(v => scope.G.Add("Unsqueeze", v, scope.G.Constant([(long)axis])))], new Attributes(("axis", axis)));
    }
}
