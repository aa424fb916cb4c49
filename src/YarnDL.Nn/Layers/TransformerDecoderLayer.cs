using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Self-attention, attention to a memory and a feed-forward network, each with a residual and a layer norm: targets (N, T, E) and memory (N, S, E) to
/// (N, T, E), PyTorch's names and order. A third input, bool (N, S), is true where the memory is padding. Vaswani et al. 2017.
/// </summary>
/// <param name="heads">Heads; they divide E.</param>
/// <param name="feedForward">Width of the hidden layer.</param>
/// <param name="activation">relu or gelu.</param>
/// <param name="normFirst">Norms before the parts instead of after the sums.</param>
/// <param name="causal">A target sees no later one.</param>
/// <param name="dropout">On both attentions, within the feed-forward network and on the results.</param>
public sealed class TransformerDecoderLayer(long heads, long feedForward = 2048, string activation = "relu", bool normFirst = false, bool causal = true, double dropout = 0) : Module
{
    private readonly MultiheadAttention _self = new(heads, causal, dropout: dropout);
    private readonly MultiheadAttention _memory = new(heads, dropout: dropout);

    /// <summary>Added to the variance of the norms.</summary>
    public double Epsilon { get; init; } = 1e-5;

    public override Value Forward(ModuleScope scope, Value x) => throw scope.Error("one input was given", "it takes targets and memory");

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count is < 2 or > 3 || inputs[0].Shape.Rank != 3 || activation is not ("relu" or "gelu"))
        {
            throw scope.Error($"{inputs.Count} inputs, the first {inputs[0].Shape}, activation is {activation}", "it takes (N, T, E), memory (N, S, E) and perhaps its padding; the activation is relu or gelu");
        }

        var part = new TransformerPart(scope, feedForward, activation, normFirst, dropout, Epsilon);
        Value x = part.Around("1", inputs[0], v => scope.Call("self_attn", _self, [v]));
        x = part.Around("2", x, v => scope.Call("multihead_attn", _memory, [v, .. inputs.Skip(1)]));
        return part.Around("3", x, part.FeedForward);
    }
}
