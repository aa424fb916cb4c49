using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A layer of your own in one expression: <c>new Lambda((scope, x) => scope.G.Add("Exp", x[0]))</c>.</summary>
/// <param name="body">Appends nodes and returns the output.</param>
public sealed class Lambda(Func<ModuleScope, IReadOnlyList<Value>, Value> body) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        return body(scope, inputs);
    }
}
