using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Rows of a trained table by number: int64 (N, ...) in 0 .. count-1 gives (N, ..., width), with <c>weight</c> (count, width), standard normal at first.</summary>
/// <param name="count">Entries of the table; null: as many as the model's input takes, where it says so.</param>
/// <param name="width">Numbers per entry.</param>
/// <param name="padding">The entry that never learns and is zero at first; null: none.</param>
public sealed class Embedding(long? count, long width, long? padding = null) : Module
{
    public Initialiser Weight { get; init; } = Initialiser.Normal();

    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.DType is not (DType.Int64 or DType.Int32))
        {
            throw scope.Error($"input is {x.DType}", "an embedding takes numbers of entries as int64 or int32");
        }

        long entries = count ?? scope.CountOf(x) ?? throw scope.Error($"nothing says how many numbers {x.Name} takes", "give count");
        Value weight = scope.Parameter("weight", new Shape(entries, width), padding is { } p ? new ZeroRowInitialiser(Weight, p) : Weight);
        return scope.G.Add("Embedding", weight, x, ("padding_idx", padding ?? -1));
    }
}
