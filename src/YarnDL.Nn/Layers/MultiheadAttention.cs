using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Attention of several heads, PyTorch's names and layout. Inputs: queries (N, L, E), or queries, keys and values (N, S, E), then perhaps a padding
/// mask bool (N, S) that is true where a key must be left out. Result (N, L, E). Vaswani et al. 2017.
/// </summary>
/// <param name="heads">Heads; they divide E.</param>
/// <param name="causal">A query sees no later key.</param>
/// <param name="bias">Whether the projections have biases.</param>
public sealed class MultiheadAttention(long heads, bool causal = false, bool bias = true) : Module
{
    private const float Never = -1e30f; // e to it is exactly 0 beside any other score

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value q = inputs[0];
        bool masked = inputs[^1].DType == DType.Bool;
        int given = inputs.Count - (masked ? 1 : 0);
        if (given is not (1 or 3) || q.Shape.Rank != 3 || q.Shape[2].Factor % heads != 0)
        {
            throw scope.Error($"queries are {q.Shape}, {given} inputs besides the mask, {heads} heads", "give (N, L, E), or queries, keys and values; heads divide E");
        }

        GraphBuilder g = scope.G;
        long width = q.Shape[2].Factor;
        Value weight = scope.Parameter("in_proj_weight", new Shape(3 * width, width), Initialiser.XavierUniform());
        Value? offset = bias ? scope.Parameter("in_proj_bias", new Shape(3 * width), Initialiser.Zeros) : null;
        Value outWeight = scope.Parameter("out_proj.weight", new Shape(width, width), Initialiser.KaimingUniform(Math.Sqrt(5)));
        Value? outBias = bias ? scope.Parameter("out_proj.bias", new Shape(width), Initialiser.Zeros) : null;

        Value Project(int part, Value v) => Heads(g, Positions.Linear(g, v, Cut(g, weight, part * width, width), offset is null ? null : Cut(g, offset, part * width, width)));
        Value keys = Project(1, given == 1 ? q : inputs[1]);
        Value values = Project(2, given == 1 ? q : inputs[2]);
        Value scores = g.Add("MatMul", Project(0, q), g.Add("Transpose", keys, ("perm", new long[] { 0, 1, 3, 2 })));
        scores = g.Add("Mul", scores, g.Constant((float)(1 / Math.Sqrt(width / heads))));
        scores = causal ? g.Add("Add", scores, Later(g, scores.Shape[2].Factor, scores.Shape[3].Factor)) : scores;
        scores = masked ? g.Add("Where", [g.Add("Unsqueeze", inputs[^1], g.Constant([1L, 2L])), g.Constant(Never), scores]) : scores;
        Value seen = g.Add("Transpose", g.Add("MatMul", g.Add("Softmax", scores), values), ("perm", new long[] { 0, 2, 1, 3 }));
        return Positions.Linear(g, g.Add("Reshape", seen, g.Constant([0L, 0L, width])), outWeight, outBias);
    }

    private Value Heads(GraphBuilder g, Value v) =>
        g.Add("Transpose", g.Add("Reshape", v, g.Constant([0L, 0L, heads, -1L])), ("perm", new long[] { 0, 2, 1, 3 }));

    private static Value Cut(GraphBuilder g, Value v, long from, long count) => g.Add("Slice", [v, g.Constant([from]), g.Constant([from + count]), g.Constant([0L])]);

    private static Value Later(GraphBuilder g, long queries, long keys)
    {
        var mask = new float[queries * keys];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = i % keys > i / keys ? Never : 0;
        }

        return g.Constant(Tensor.From<float>(new Shape(queries, keys), mask));
    }
}
