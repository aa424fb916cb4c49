using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A linear layer on a sparse row: numbers of its non-zero entries, int64 (N, k), and perhaps their values (N, k), to (N, out), with <c>weight</c> (count, out) and <c>bias</c> (out).</summary>
/// <param name="count">Entries of a row; null: as many as the input takes.</param>
/// <param name="outFeatures">Width of the output.</param>
/// <param name="bias">Whether there is a bias.</param>
/// <param name="padding">What an empty place holds.</param>
public sealed class SparseLinear(long? count, long outFeatures, bool bias = true, long? padding = -1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        long entries = count ?? scope.CountOf(x) ?? throw scope.Error($"nothing says how many numbers {x.Name} takes", "give count");
        Value weight = scope.Parameter("weight", new Shape(entries, outFeatures), Initialiser.FanInUniform(entries));
        Value y = EmbeddingBag.Join(scope.G, Embedding.Look(scope, weight, x, padding, false, null), x, inputs.Count > 1 ? inputs[1] : null, "sum", padding);
        return bias ? scope.G.Add("Add", y, scope.Parameter("bias", new Shape(outFeatures), Initialiser.FanInUniform(entries))) : y;
    }
}
