using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// A linear model over sparse numbers (wide) beside a network over embeddings and dense numbers (deep); their outputs are added: (N, outputs) logits.
/// Integer inputs (N) or (N, k) hold numbers of entries, float inputs (N, k) are dense. Cheng et al., Wide &amp; Deep Learning for Recommender Systems, 2016.
/// </summary>
/// <param name="outputs">Classes, or 1 for one logit.</param>
/// <param name="wide">Names of the inputs of the linear part; null: all integer inputs.</param>
/// <param name="deep">Names of the inputs of the network; null: all inputs that <paramref name="wide"/> does not name, or all without it.</param>
/// <param name="hidden">Widths of the network.</param>
/// <param name="embedding">Numbers per embedded entry.</param>
/// <param name="dropout">After each hidden layer.</param>
/// <param name="counts">Entries of an integer input by its name, where the input does not say so.</param>
public sealed class WideAndDeep(long outputs = 1, IReadOnlyList<string>? wide = null, IReadOnlyList<string>? deep = null, IReadOnlyList<long>? hidden = null,
    long embedding = 8, double dropout = 0.1, IReadOnlyDictionary<string, long>? counts = null) : Module
{
    private readonly long[] widths = [.. hidden ?? [100, 75, 50, 25]];

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        foreach (string name in (wide ?? []).Concat(deep ?? []))
        {
            if (!inputs.Any(v => v.Name == name))
            {
                throw scope.Error($"there is no input {name}", NearestName.Hint(name, [.. inputs.Select(v => v.Name)]));
            }
        }

        Value? sum = null;
        foreach (Value v in inputs.Where(v => wide?.Contains(v.Name) ?? IsNumber(v)))
        {
            Value part = IsNumber(v) ? scope.Call("wide." + v.Name, new EmbeddingBag(Count(scope, v), outputs, "sum") { Weight = Initialiser.Zeros }, Listed(scope, v))
                : scope.Call("wide." + v.Name, new Linear(null, outputs, bias: false) { Weight = Initialiser.Zeros }, v);
            sum = sum is null ? part : scope.G.Add("Add", sum, part);
        }

        Value[] parts = [.. inputs.Where(v => deep?.Contains(v.Name) ?? !(wide?.Contains(v.Name) ?? false)).Select(v => Dense(scope, v))];
        if (parts.Length == 0 && sum is null)
        {
            throw scope.Error("neither the wide nor the deep part has an input", "name inputs in wide and deep");
        }

        return parts.Length == 0 ? sum! : sum is null ? Deep(scope, parts) : scope.G.Add("Add", Deep(scope, parts), sum);
    }

    private Value Deep(ModuleScope scope, Value[] parts)
    {
        Value x = parts.Length == 1 ? parts[0] : scope.G.Add("Concat", parts, new Attributes(("axis", 1)));
        for (int i = 0; i < widths.Length; i++)
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture);
            x = scope.G.Add("Relu", scope.Call("deep.fc" + number, new Linear(null, widths[i]), x));
            x = scope.Call("deep.drop" + number, Drop.Of(dropout), x);
        }

        return scope.Call("deep.out", new Linear(null, outputs), x);
    }

    private Value Dense(ModuleScope scope, Value v)
    {
        if (!IsNumber(v))
        {
            return v.Shape.Rank == 2 ? v : scope.G.Add("Reshape", v, scope.G.Constant([-1L, v.Shape.At(1).ElementCount]));
        }

        Value e = scope.Call("embedding." + v.Name, new Embedding(Count(scope, v), embedding), v);
        return e.Shape.Rank == 2 ? e : scope.G.Add("Flatten", e, ("axis", 1));
    }

    private long Count(ModuleScope scope, Value v) => counts?.TryGetValue(v.Name, out long given) == true ? given
        : scope.CountOf(v) ?? throw scope.Error($"nothing says how many numbers {v.Name} takes", $"give counts: {{{v.Name}: NUMBER}}");

    private static Value Listed(ModuleScope scope, Value v) => v.Shape.Rank == 2 ? v : scope.G.Add("Reshape", v, scope.G.Constant([-1L, v.Shape.At(1).ElementCount]));

    private static bool IsNumber(Value v) => v.DType is DType.Int64 or DType.Int32;
}
