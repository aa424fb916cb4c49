using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// BERT: embeddings, transformer encoder layers with GELU, and a head: word numbers (N, T), perhaps segments (N, T), to the pooled first word through a linear
/// layer (N, outputs), to a label per word (N, T, outputs), or without outputs to the vectors (N, T, width). Devlin et al. 2018.
/// </summary>
/// <param name="outputs">Classes; 0: no head.</param>
/// <param name="words">Entries of the vocabulary; null: what the input says.</param>
/// <param name="width">Numbers per word.</param>
/// <param name="layers">Encoder layers.</param>
/// <param name="heads">Heads; they divide the width.</param>
/// <param name="feedForward">Width of the hidden layers.</param>
/// <param name="positions">The most steps.</param>
/// <param name="perWord">A label for each word.</param>
/// <param name="dropout">Everywhere.</param>
/// <param name="padding">The word number of empty places, which nothing attends to; null: none.</param>
public sealed class Bert(long outputs = 2, long? words = null, long width = 768, int layers = 12, long heads = 12, long feedForward = 3072, long positions = 512,
    bool perWord = false, double dropout = 0.1, long? padding = 0) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        GraphBuilder g = scope.G;
        Value x = inputs[0];
        Value h = scope.Call("embeddings", new BertEmbeddings(words, width, positions, dropout: dropout, padding: padding), inputs);
        Value? gone = padding is { } empty ? g.Add("Equal", x, g.Constant(Tensor.Scalar(empty))) : null;
        h = scope.Call("encoder", new TransformerEncoder(layers, heads, feedForward, "gelu", dropout: dropout), gone is null ? [h] : [h, gone]);
        if (outputs == 0 || perWord)
        {
            return outputs == 0 ? h : scope.Call("classifier", new Linear(null, outputs), scope.Call("drop", Drop.Of(dropout), h));
        }

        Value first = g.Add("Gather", h, g.Constant(Tensor.Scalar(0L)), ("axis", 1));
        Value pooled = g.Add("Tanh", scope.Call("pooler.dense", new Linear(null, width), first));
        return scope.Call("classifier", new Linear(null, outputs), scope.Call("drop", Drop.Of(dropout), pooled));
    }
}
