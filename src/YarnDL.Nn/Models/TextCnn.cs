using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Convolutions of several widths over word vectors, each followed by the largest value over the text: word numbers (N, L) to (N, outputs).
/// Kim, Convolutional Neural Networks for Sentence Classification, 2014.
/// </summary>
/// <param name="outputs">Classes, or 1 for one logit.</param>
/// <param name="words">Entries of the vocabulary; null: what the input says.</param>
/// <param name="width">Numbers per word.</param>
/// <param name="filters">Filters of each width.</param>
/// <param name="kernels">Widths in words.</param>
/// <param name="dropout">Before the last layer.</param>
/// <param name="padding">The word number of empty places, which never learns; null: none.</param>
public sealed class TextCnn(long outputs = 2, long? words = null, long width = 100, long filters = 100, IReadOnlyList<long>? kernels = null, double dropout = 0.5, long? padding = 0) : Module
{
    private readonly long[] sizes = [.. kernels ?? [3, 4, 5]];
    private readonly Module embedding = new Embedding(words, width, padding);
    private readonly Module[] convs = [.. (kernels ?? [3, 4, 5]).Select(k => new Conv1d(width, filters, k, padding: k / 2))];
    private readonly Module relu = new ReLU();
    private readonly Module drop = Drop.Of(dropout);
    private readonly Module fc = new Linear(null, outputs);

    public override Value Forward(ModuleScope scope, Value x)
    {
        Value h = scope.G.Add("Transpose", scope.Call(embedding, x), ("perm", new long[] { 0, 2, 1 }));
        var parts = new Value[sizes.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            Value c = scope.Call(relu, scope.Call("convs." + i.ToString(CultureInfo.InvariantCulture), convs[i], h));
            parts[i] = scope.G.Add("ReduceMax", c, scope.G.Constant([2L]), ("keepdims", 0));
        }

        Value all = parts.Length == 1 ? parts[0] : scope.G.Add("Concat", parts, new Attributes(("axis", 1)));
        return scope.Call(fc, scope.Call(drop, all));
    }
}
