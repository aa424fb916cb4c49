using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// A recurrent layer over word vectors, its states joined over the text, then one linear layer: word numbers (N, L), and perhaps lengths (N), to (N, outputs).
/// </summary>
/// <param name="outputs">Classes, or 1 for one logit.</param>
/// <param name="cell">lstm, gru or rnn.</param>
/// <param name="words">Entries of the vocabulary; null: what the input says.</param>
/// <param name="width">Numbers per word.</param>
/// <param name="hidden">Width of the state of one direction.</param>
/// <param name="layers">Recurrent layers, one upon another.</param>
/// <param name="bothWays">Also from the last word to the first.</param>
/// <param name="join">max or mean over all states, or the last state of each direction.</param>
/// <param name="dropout">On the word vectors and before the last layer.</param>
/// <param name="padding">The word number of empty places, which never learns; null: none.</param>
public sealed class TextRnn(long outputs = 2, string cell = "lstm", long? words = null, long width = 100, long hidden = 128, int layers = 1, bool bothWays = true,
    string join = "max", double dropout = 0.5, long? padding = 0) : Module
{
    private readonly Module embedding = new Embedding(words, width, padding);
    private readonly Module rnn = cell switch
    {
        "gru" => new GRU(hidden, layers, bothWays, join != "last"),
        "rnn" => new RNN(hidden, layers, bothWays, join != "last"),
        _ => new LSTM(hidden, layers, bothWays, join != "last"),
    };

    private readonly Module drop = Drop.Of(dropout);
    private readonly Module drop2 = Drop.Of(dropout);
    private readonly Module fc = new Linear(null, outputs);

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value h = scope.Call(drop, scope.Call(embedding, inputs[0]));
        h = scope.Call("rnn", rnn, inputs.Count > 1 ? [h, inputs[1]] : [h]);
        h = join == "last" ? h : scope.G.Add(join == "mean" ? "ReduceMean" : "ReduceMax", h, scope.G.Constant([1L]), ("keepdims", 0));
        return scope.Call(fc, scope.Call(drop2, h));
    }
}
