using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// A transformer encoder over word numbers (N, T), or over vectors (N, T, C), its results averaged over the text, then one linear layer: (N, outputs).
/// Vaswani et al., Attention Is All You Need, 2017.
/// </summary>
/// <param name="outputs">Classes, or 1 for one logit.</param>
/// <param name="words">Entries of the vocabulary; null: what the input says.</param>
/// <param name="width">Numbers per word.</param>
/// <param name="layers">Encoder layers.</param>
/// <param name="heads">Heads; they divide the width.</param>
/// <param name="feedForward">Width of the hidden layers.</param>
/// <param name="learnedPositions">Positions are learned; else sines and cosines.</param>
/// <param name="dropout">In the encoder.</param>
/// <param name="padding">The word number of empty places, which nothing attends to and the mean leaves out; null: none.</param>
public sealed class TransformerClassifier(long outputs = 2, long? words = null, long width = 128, int layers = 2, long heads = 4, long feedForward = 512,
    bool learnedPositions = true, double dropout = 0.1, long? padding = 0) : Module
{
    private readonly Module encoder = new TransformerEncoder(layers, heads, feedForward, dropout: dropout);
    private readonly Module fc = new Linear(null, outputs);

    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        bool numbers = x.DType is DType.Int64 or DType.Int32;
        Value h = numbers ? scope.Call("embedding", new Embedding(words, width, padding), x) : scope.Call("embedding", new Linear(null, width), x);
        h = scope.Call("positions", learnedPositions ? new LearnedPositions(x.Shape[1].Factor) : new PositionalEncoding(), h);
        if (!numbers || padding is not { } empty)
        {
            return scope.Call(fc, g.Add("ReduceMean", scope.Call(encoder, h), g.Constant([1L]), ("keepdims", 0)));
        }

        Value gone = g.Add("Equal", x, g.Constant(Tensor.Scalar(empty)));
        h = scope.Call("encoder", encoder, [h, gone]);
        Value kept = g.Add("Unsqueeze", g.Add("Where", [gone, g.Constant(0f), g.Constant(1f)]), g.Constant([2L]));
        Value count = g.Add("Max", g.Add("ReduceSum", kept, g.Constant([1L]), ("keepdims", 0)), g.Constant(1f));
        return scope.Call(fc, g.Add("Div", g.Add("ReduceSum", g.Add("Mul", h, kept), g.Constant([1L]), ("keepdims", 0)), count));
    }
}
