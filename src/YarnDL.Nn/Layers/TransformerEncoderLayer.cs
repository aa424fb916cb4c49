using YarnDL.Graphs;

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
/// <param name="dropout">On the attention, within the feed-forward network and on both results.</param>
public sealed class TransformerEncoderLayer(long heads, long feedForward = 2048, string activation = "relu", bool normFirst = false, bool causal = false, double dropout = 0) : Module
{
    private readonly MultiheadAttention _attention = new(heads, causal, dropout: dropout);

    /// <summary>Added to the variance of the norms.</summary>
    public double Epsilon { get; init; } = 1e-5;

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        if (x.Shape.Rank != 3 || activation is not ("relu" or "gelu"))
        {
            throw scope.Error($"input has shape {x.Shape}, activation is {activation}", "it takes (N, T, E); the activation is relu or gelu");
        }

        var part = new TransformerPart(scope, feedForward, activation, normFirst, dropout, Epsilon);
        x = part.Around("1", x, v => scope.Call("self_attn", _attention, [v, .. inputs.Skip(1)]));
        return part.Around("2", x, part.FeedForward);
    }
}
