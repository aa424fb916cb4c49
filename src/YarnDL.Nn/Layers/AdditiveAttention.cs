using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Of queries (N, L, Q) and keys (N, S, K): the keys weighted by softmax(vᵀ tanh(Wq q + Wk k)), (N, L, K), with <c>query.weight</c> (width, Q), <c>key.weight</c> (width, K), <c>score</c> (width). Bahdanau et al. 2014.</summary>
/// <param name="width">Of the comparison.</param>
public sealed class AdditiveAttention(long width) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count is < 1 or > 2)
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it takes queries and keys");
        }

        GraphBuilder g = scope.G;
        Value keys = inputs[^1];
        Value q = g.Add("Unsqueeze", scope.Call("query", new Linear(null, width, bias: false), inputs[0]), g.Constant([2L]));
        Value k = g.Add("Unsqueeze", scope.Call("key", new Linear(null, width, bias: false), keys), g.Constant([1L]));
        Value score = scope.Parameter("score", new Shape(width), Initialiser.FanInUniform(width));
        Value sums = g.Add("ReduceSum", g.Add("Mul", g.Add("Tanh", g.Add("Add", q, k)), score), g.Constant([-1L]), ("keepdims", 0));
        return g.Add("MatMul", g.Add("Softmax", sums), keys);
    }
}
