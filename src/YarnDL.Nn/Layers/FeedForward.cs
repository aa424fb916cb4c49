using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Two linear layers with an activation between, at every position: (N, .., E) to (N, .., E).</summary>
/// <param name="hidden">Width between.</param>
/// <param name="activation">Name of an activation layer.</param>
/// <param name="dropout">Between the layers.</param>
public sealed class FeedForward(long hidden, string activation = "relu", double dropout = 0) : Module
{
    private readonly Module _activation = LayerRegistry.Activation(activation);

    public override Value Forward(ModuleScope scope, Value x)
    {
        Value h = scope.Call("act", _activation, scope.Call("linear1", new Linear(null, hidden), x));
        return scope.Call("linear2", new Linear(null, x.Shape[^1].Factor), scope.Call("drop", Drop.Of(dropout), h));
    }
}
