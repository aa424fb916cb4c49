using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>What the encoder and the decoder layer of a transformer share.</summary>
internal sealed class TransformerPart(ModuleScope scope, long feedForward, string activation, bool normFirst, double dropout, double epsilon)
{
    /// <summary>A part with its residual, its norm and its dropout, numbered.</summary>
    public Value Around(string number, Value x, Func<Value, Value> inner)
    {
        Value Norm(Value v) => scope.Call("norm" + number, new LayerNorm(1, epsilon), v);
        Value Dropped(Value v) => scope.Call("dropout" + number, Drop.Of(dropout), v);
        return normFirst ? scope.G.Add("Add", x, Dropped(inner(Norm(x)))) : Norm(scope.G.Add("Add", x, Dropped(inner(x))));
    }

    public Value FeedForward(Value v)
    {
        Value hidden = scope.G.Add(activation == "gelu" ? "Gelu" : "Relu", scope.Call("linear1", new Linear(null, feedForward), v));
        return scope.Call("linear2", new Linear(null, v.Shape[2].Factor), scope.Call("dropout", Drop.Of(dropout), hidden));
    }
}
