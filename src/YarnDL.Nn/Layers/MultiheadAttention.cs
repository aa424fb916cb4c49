using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Attention of several heads, PyTorch's names and layout. Inputs: queries (N, L, E); or queries and memory (N, S, ..); or queries, keys and values; then
/// perhaps a padding mask bool (N, S), true where a key must be left out, and a mask float (L, S) or (N, 1, L, S) that is added to the scores. Result (N, L, E).
/// Vaswani et al. 2017.
/// </summary>
/// <param name="heads">Heads; they divide E.</param>
/// <param name="causal">A query sees no later key.</param>
/// <param name="bias">Whether the projections have biases.</param>
/// <param name="dropout">On the weights of the keys.</param>
public sealed class MultiheadAttention(long heads, bool causal = false, bool bias = true, double dropout = 0) : Module
{
    private const float Never = -1e30f; // e to it is exactly 0 beside any other score

    private readonly Module _drop = Drop.Of(dropout);

    /// <summary>One more key and value that are learned: <c>bias_k</c> and <c>bias_v</c> (1, 1, E).</summary>
    public bool LearnedKey { get; init; }

    /// <summary>One more key and value of zeros.</summary>
    public bool ZeroKey { get; init; }

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value q = inputs[0];
        Value? padding = inputs.FirstOrDefault(v => v.DType == DType.Bool);
        Value[] given = [.. inputs.Where(v => v.DType == DType.Float32 && v.Shape.Rank == 3)];
        Value? mask = inputs.FirstOrDefault(v => v.DType == DType.Float32 && v.Shape.Rank != 3);
        if (given.Length is < 1 or > 3 || q.Shape.Rank != 3 || heads < 1 || q.Shape[2].Factor % heads != 0)
        {
            throw scope.Error($"queries are {q.Shape}, {given.Length} inputs besides the masks, {heads} heads", "give (N, L, E), perhaps memory or keys and values; heads divide E");
        }

        GraphBuilder g = scope.G;
        long width = q.Shape[2].Factor;
        Value k = given.Length > 1 ? given[1] : q;
        Value v = given.Length > 2 ? given[2] : k;
        bool together = k.Shape[2].Factor == width && v.Shape[2].Factor == width;
        Value? weight = together ? scope.Parameter("in_proj_weight", new Shape(3 * width, width), Initialiser.XavierUniform()) : null;
        string[] names = ["q", "k", "v"];
        Value? offset = bias ? scope.Parameter("in_proj_bias", new Shape(3 * width), Initialiser.Zeros) : null;
        Value Project(int part, Value x)
        {
            Value w = weight is null ? scope.Parameter(names[part] + "_proj_weight", new Shape(width, x.Shape[2].Factor), Initialiser.XavierUniform()) : Cut(g, weight, part * width, width);
            return Positions.Linear(g, x, w, offset is null ? null : Cut(g, offset, part * width, width));
        }

        Value queries = Heads(g, Project(0, q));
        Value keys = Heads(g, Extended(scope, "bias_k", Project(1, k)));
        Value values = Heads(g, Extended(scope, "bias_v", Project(2, v)));
        Value outWeight = scope.Parameter("out_proj.weight", new Shape(width, width), Initialiser.KaimingUniform(Math.Sqrt(5)));
        Value? outBias = bias ? scope.Parameter("out_proj.bias", new Shape(width), Initialiser.Zeros) : null;
        Value scores = g.Add("MatMul", queries, g.Add("Transpose", keys, ("perm", new long[] { 0, 1, 3, 2 })));
        scores = g.Add("Mul", scores, g.Constant((float)(1 / Math.Sqrt(width / heads))));
        scores = causal ? g.Add("Add", scores, Later(g, scores.Shape[2].Factor, scores.Shape[3].Factor)) : scores;
        scores = mask is null ? scores : g.Add("Add", scores, mask);
        scores = padding is null ? scores : g.Add("Where", [g.Add("Unsqueeze", padding, g.Constant([1L, 2L])), g.Constant(Never), scores]);
        Value weights = scope.Call("drop", _drop, g.Add("Softmax", scores));
        Value seen = g.Add("Transpose", g.Add("MatMul", weights, values), ("perm", new long[] { 0, 2, 1, 3 }));
        return Positions.Linear(g, g.Add("Reshape", seen, g.Constant([0L, 0L, width])), outWeight, outBias);
    }

    private Value Extended(ModuleScope scope, string name, Value v)
    {
        GraphBuilder g = scope.G;
        Value Row(Value one) => g.Add("ExpandLike", one, g.Add("Slice", [v, g.Constant([0L]), g.Constant([1L]), g.Constant([1L])]));
        v = LearnedKey ? g.Add("Concat", [v, Row(scope.Parameter(name, new Shape(1, 1, v.Shape[2].Factor), Initialiser.XavierNormal()))], new Attributes(("axis", 1))) : v;
        return ZeroKey ? g.Add("Concat", [v, Row(g.Constant(0f))], new Attributes(("axis", 1))) : v;
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
