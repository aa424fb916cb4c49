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

    /// <summary>A training sends and updates only the rows that a step touches, by any optimizer that goes element by element: what momentum would do to the others is left out.</summary>
    public bool Sparse { get; init; }

    /// <summary>Rows are cut to this length (L2 norm), at first and after each update; null: they are not.</summary>
    public double? MaxNorm { get; init; }

    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.DType is not (DType.Int64 or DType.Int32))
        {
            throw scope.Error($"input is {x.DType}", "an embedding takes numbers of entries as int64 or int32");
        }

        if (padding < 0)
        {
            throw scope.Error($"padding is {padding}", "it is the number of an entry, from 0; leave it out where there is none");
        }

        long entries = count ?? scope.CountOf(x) ?? throw scope.Error($"nothing says how many numbers {x.Name} takes", "give count");
        Value weight = scope.Parameter("weight", new Shape(entries, width), padding is { } p ? new ZeroRowInitialiser(Weight, p) : Weight);
        return Look(scope, weight, x, padding, Sparse, MaxNorm);
    }

    /// <summary>The rows of a table by number; a padding below 0 may stand in x, and gives any row.</summary>
    internal static Value Look(ModuleScope scope, Value weight, Value x, long? padding, bool sparse, double? maxNorm) =>
        maxNorm is null or > 0 ? scope.G.Add("Embedding", weight, x, ("padding_idx", Math.Max(-1, padding ?? -1)), ("sparse", sparse), ("max_norm", maxNorm ?? 0), ("lowest", Math.Min(0, padding ?? 0)))
        : throw scope.Error($"maxNorm is {maxNorm}", "it must be more than 0");
}
