using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Neural matrix factorisation: the product of a user's and an item's vector beside a network over another pair of vectors; user numbers (N) and item numbers
/// (N) to (N, outputs) logits. He et al., Neural Collaborative Filtering, 2017.
/// </summary>
/// <param name="users">Entries of the first input; null: what it says.</param>
/// <param name="items">Entries of the second input; null: what it says.</param>
/// <param name="width">Numbers per vector.</param>
/// <param name="hidden">Widths of the network.</param>
/// <param name="outputs">Classes, or 1 for one logit.</param>
public sealed class NeuMf(long? users = null, long? items = null, long width = 64, IReadOnlyList<long>? hidden = null, long outputs = 1) : Module
{
    private readonly long[] widths = [.. hidden ?? [128, 64, 32]];

    public override Value Forward(ModuleScope scope, Value x) => throw scope.Error("one input was given", "it takes users and items");

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != 2 || inputs.Any(v => v.DType is not (DType.Int64 or DType.Int32)))
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it takes the numbers of users and of items, both int64 (N)");
        }

        GraphBuilder g = scope.G;
        Value Vector(string name, long? count, Value v)
        {
            Value e = scope.Call(name, new Embedding(count, width), v);
            return e.Shape.Rank == 2 ? e : g.Add("Flatten", e, ("axis", 1));
        }

        Value product = g.Add("Mul", Vector("user_gmf", users, inputs[0]), Vector("item_gmf", items, inputs[1]));
        Value x = g.Add("Concat", [Vector("user_mlp", users, inputs[0]), Vector("item_mlp", items, inputs[1])], new Attributes(("axis", 1)));
        for (int i = 0; i < widths.Length; i++)
        {
            x = g.Add("Relu", scope.Call("mlp." + (i + 1).ToString(CultureInfo.InvariantCulture), new Linear(null, widths[i]), x));
        }

        return scope.Call("out", new Linear(null, outputs), g.Add("Concat", [product, x], new Attributes(("axis", 1))));
    }
}
