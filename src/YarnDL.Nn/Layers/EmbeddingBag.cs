using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Entries of a bag joined: int64 (N, L) gives (N, width), with <c>weight</c> (count, width). Places that hold the padding are left out; an empty bag gives zeros.
/// With a second input (N, L) every entry is multiplied by its weight.
/// </summary>
/// <param name="count">Entries of the table; null: as many as the model's input takes, where it says so.</param>
/// <param name="width">Numbers per entry.</param>
/// <param name="mode">sum, mean or max.</param>
/// <param name="padding">What an empty place holds: an entry that never learns, or -1; null: all places are filled.</param>
public sealed class EmbeddingBag(long? count, long width, string mode = "mean", long? padding = null) : Module
{
    public Initialiser Weight { get; init; } = Initialiser.Normal();

    /// <inheritdoc cref="Embedding.Sparse"/>
    public bool Sparse { get; init; }

    /// <inheritdoc cref="Embedding.MaxNorm"/>
    public double? MaxNorm { get; init; }

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        if (x.DType != DType.Int64 || x.Shape.Rank != 2 || inputs.Count > 2 || mode is not ("sum" or "mean" or "max"))
        {
            throw scope.Error($"input is {x.DType}{x.Shape}, {inputs.Count} inputs, mode {mode}", "it takes int64 (N, L) and perhaps weights (N, L); mode is sum, mean or max");
        }

        GraphBuilder g = scope.G;
        Value weight = scope.Parameter("weight", new Shape(count ?? scope.CountOf(x) ?? throw scope.Error($"nothing says how many numbers {x.Name} takes", "give count"), width), padding is >= 0 and { } p ? new ZeroRowInitialiser(Weight, p) : Weight);
        return Join(g, Embedding.Look(scope, weight, x, padding, Sparse, MaxNorm), x, inputs.Count > 1 ? inputs[1] : null, mode, padding);
    }

    /// <summary>The layer on entries (N, L, width) that were looked up.</summary>
    internal static Value Join(GraphBuilder g, Value entries, Value x, Value? factors, string mode, long? padding)
    {
        entries = factors is null ? entries : g.Add("Mul", entries, Raised(g, factors));
        Value middle = g.Constant([1L]);
        if (padding is not { } empty)
        {
            return g.Add(mode switch { "max" => "ReduceMax", "mean" => "ReduceMean", _ => "ReduceSum" }, entries, middle, ("keepdims", 0));
        }

        Value gone = Raised(g, g.Add("Equal", x, g.Constant(Tensor.Scalar(empty))));
        Value filled = g.Add("Where", [gone, g.Constant(0f), g.Constant(1f)]);
        Value places = g.Add("ReduceSum", filled, middle, ("keepdims", 0));
        if (mode == "max")
        {
            Value best = g.Add("ReduceMax", g.Add("Where", [gone, g.Constant(float.MinValue), entries]), middle, ("keepdims", 0));
            return g.Add("Where", [g.Add("Greater", places, g.Constant(0f)), best, g.Constant(0f)]);
        }

        Value sum = g.Add("ReduceSum", g.Add("Where", [gone, g.Constant(0f), entries]), middle, ("keepdims", 0));
        return mode == "sum" ? sum : g.Add("Div", sum, g.Add("Max", places, g.Constant(1f)));
    }

    private static Value Raised(GraphBuilder g, Value v) => g.Add("Unsqueeze", v, g.Constant([-1L]));
}
