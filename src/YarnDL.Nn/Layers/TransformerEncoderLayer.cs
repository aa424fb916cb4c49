using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Self-attention and a feed-forward network, each with a residual and a layer norm: (N, T, E) to (N, T, E), PyTorch's names and order. A second input,
/// bool (N, T), is true at positions that are padding. Vaswani et al. 2017.
/// </summary>
/// <param name="heads">Heads; they divide E.</param>
/// <param name="feedForward">Width of the hidden layer.</param>
/// <param name="activation">relu or gelu.</param>
/// <param name="normFirst">Norms before the parts instead of after the sums.</param>
/// <param name="causal">A position sees no later one.</param>
public sealed class TransformerEncoderLayer(long heads, long feedForward = 2048, string activation = "relu", bool normFirst = false, bool causal = false) : Module
{
    private readonly MultiheadAttention _attention = new(heads, causal);

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        if (x.Shape.Rank != 3 || activation is not ("relu" or "gelu"))
        {
            throw scope.Error($"input has shape {x.Shape}, activation is {activation}", "it takes (N, T, E); the activation is relu or gelu");
        }

        GraphBuilder g = scope.G;
        long width = x.Shape[2].Factor;
        x = Part(scope, "norm1", width, x, v => scope.Call("self_attn", _attention, [v, .. inputs.Skip(1)]));
        return Part(scope, "norm2", width, x, v =>
        {
            Value hidden = g.Add(activation == "gelu" ? "Gelu" : "Relu", Linear(scope, "linear1", v, feedForward));
            return Linear(scope, "linear2", hidden, width);
        });
    }

    private Value Part(ModuleScope scope, string norm, long width, Value x, Func<Value, Value> inner)
    {
        Value Norm(Value v) => scope.G.Add("LayerNormalization",
            [v, scope.Parameter(norm + ".weight", new Shape(width), Initialiser.Ones), scope.Parameter(norm + ".bias", new Shape(width), Initialiser.Zeros)],
            new Attributes(("axis", -1), ("epsilon", 1e-5)));
        return normFirst ? scope.G.Add("Add", x, inner(Norm(x))) : Norm(scope.G.Add("Add", x, inner(x)));
    }

    private static Value Linear(ModuleScope scope, string name, Value x, long outputs)
    {
        long inputs = x.Shape[2].Factor;
        Value weight = scope.Parameter(name + ".weight", new Shape(outputs, inputs), Initialiser.KaimingUniform(Math.Sqrt(5)));
        return Positions.Linear(scope.G, x, weight, scope.Parameter(name + ".bias", new Shape(outputs), Initialiser.FanInUniform(inputs)));
    }
}
