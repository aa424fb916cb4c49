using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Words, positions and perhaps segments as one vector each, normed: word numbers (N, T), and perhaps segment numbers (N, T), to (N, T, width).
/// <c>word_embeddings.weight</c>, <c>position_embeddings.weight</c>, <c>token_type_embeddings.weight</c>, <c>LayerNorm</c>. Devlin et al. 2018.
/// </summary>
/// <param name="words">Entries of the vocabulary; null: what the input says.</param>
/// <param name="width">Numbers per word.</param>
/// <param name="positions">The most steps.</param>
/// <param name="segments">Entries of the second input.</param>
/// <param name="dropout">On the result.</param>
/// <param name="epsilon">Of the norm.</param>
/// <param name="padding">The word that is padding; null: none.</param>
public sealed class BertEmbeddings(long? words, long width, long positions = 512, long segments = 2, double dropout = 0, double epsilon = 1e-12, long? padding = null) : Module
{
    private static readonly Initialiser Weight = Initialiser.Normal(0, 0.02);

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        if (x.Shape.Rank != 2 || x.Shape[1].Factor > positions || inputs.Count > 2)
        {
            throw scope.Error($"input has shape {x.Shape}, {inputs.Count} inputs", $"it takes numbers (N, T) with up to {positions} steps, and perhaps segments (N, T)");
        }

        GraphBuilder g = scope.G;
        Value sum = scope.Call("word_embeddings", new Embedding(words, width, padding) { Weight = Weight }, x);
        Value table = scope.Parameter("position_embeddings.weight", new Shape(positions, width), Weight);
        sum = g.Add("Add", sum, g.Add("Slice", [table, g.Constant([0L]), g.Constant([x.Shape[1].Factor]), g.Constant([0L])]));
        sum = inputs.Count > 1 ? g.Add("Add", sum, scope.Call("token_type_embeddings", new Embedding(segments, width) { Weight = Weight }, inputs[1])) : sum;
        return scope.Call("drop", Drop.Of(dropout), scope.Call("LayerNorm", new LayerNorm(1, epsilon), sum));
    }
}
