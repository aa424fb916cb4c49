using YarnDL.Tensors;
using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Picks, joins, orders and embeddings.</summary>
internal static class IndexRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["OneHot"] = One(x => x.Apply("OneHot", x["indices"], x.G.Constant(x.Case.Int("depth")), x.G.Constant(Tensor.From<float>(new Shape(2), [0, 1])))),
        ["Tile"] = One(x => x.G.Add("Tile", x["X"], x.G.Constant(x.Longs("repeats")))),
        ["RepeatVector"] = One(x => x.G.Add("Tile", Raised(x, x["X"], 1), x.G.Constant([1, x.Case.Int("n"), 1]))),
        ["Trilu"] = One(x => x.Apply("Trilu", x["X"], x.G.Constant(x.Case.Int("k")))),
        ["Split"] = x => Named(x.Apply("Split", x.Longs("split").Length, x["X"], x.G.Constant(x.Longs("split"))), [.. x.Longs("split").Select((_, i) => $"Y{i}")]),
        ["TopK"] = x => Named(x.Apply("TopK", 2, x["X"], x.G.Constant(x.Case.Int("k"))), "Values", "Indices"),
        ["Sort"] = x => Named(x.G.AddNode(OperatorTable.Get("TopK"), [x["X"], x.G.Constant(x["X"].Shape[(int)x.Case.Int("axis")].Factor)],
            new(("axis", x.Case.Int("axis")), ("largest", x.Case.Int("descending"))), 2), "Y", "Indices"),
        ["Reverse"] = One(x => x.G.Add("Slice", [x["X"], x.G.Constant([-1L]), x.G.Constant([-int.MaxValue - 1L]), x.G.Constant([x.Case.Int("axis")]), x.G.Constant([-1L])])),
        ["Narrow"] = One(x => Part(x, x.Case.Int("offset"), x.Case.Int("offset") + x.Case.Int("length"))),
        ["Select"] = One(x => x.G.Add("Gather", x["X"], x.G.Constant(Tensor.Scalar(x.Case.Int("index"))), ("axis", x.Case.Int("axis")))),
        ["Roll"] = One(x =>
        {
            long extent = x["X"].Shape[(int)x.Case.Int("axis")].Factor;
            long cut = extent - x.Case.Int("shift");
            return x.G.Add("Concat", [Part(x, cut, extent), Part(x, 0, cut)], new(("axis", x.Case.Int("axis"))));
        }),
        ["Pack"] = One(x => x.G.Add("Concat", [.. x.All.Select(v => Raised(x, v, x.Case.Int("axis")))], new(("axis", x.Case.Int("axis"))))),
        ["MaskedFill"] = One(x => x.G.Add("Where", [x.G.Add("Cast", x["mask"], ("to", 9)), x.Number(x.Case.Number("value")), x["X"]])),
        ["Masking"] = One(x =>
        {
            Value other = x.G.Add("Abs", x.G.Add("Sub", x["X"], x.Number(x.Case.Number("mask_value"))));
            Value keep = x.G.Add("Greater", x.G.Add("ReduceMax", other, x.G.Constant([-1L]), ("keepdims", 1)), x.Number(0));
            return x.G.Add("Where", [keep, x["X"], x.Number(0)]);
        }),
        ["SegmentSum"] = One(x => x.G.Add("ScatterND", [x.G.Constant(Tensor.From<float>(new Shape(x.Case.Outputs["Y"].Shape), new float[x.Case.Outputs["Y"].Count])), Raised(x, x["segment_ids"], -1), x["X"]], new(("reduction", "add")))),
        ["Embedding"] = x => x.Case.Has("max_norm") ? Limited(x) : Recipes.Y(x.Apply("Embedding", x["W"], x["indices"])),
        ["MaskedSelect"] = One(x =>
        {
            Value flat = x.G.Add("Reshape", x.G.Add("Cast", x["mask"], ("to", 9)), x.G.Constant([-1L]));
            return x.G.Add("Compress", x["X"], flat);
        }),
        ["Unique"] = x =>
        {
            Value[] all = x.Apply("Unique", 4, x["X"]);
            return Named([all[0], all[2], all[3]], "Y", "inverse", "counts");
        },
        ["EmbeddingBag"] = One(x => x.Apply("EmbeddingBag", x["W"], x["indices"], x.Find("offsets"), x.Find("per_sample_weights"))),
        ["AffineGrid"] = One(x => x.Apply("AffineGrid", x["theta"], x["size"])),
        ["LearnedPositionalEmbedding"] = One(x => x.G.Add("Add", x["X"], First(x, x["W"], x["X"].Shape[1].Factor))),
        ["BertEmbeddings"] = One(x =>
        {
            Value words = x.G.Add("Embedding", x["word"], x["ids"]);
            Value sum = x.G.Add("Add", x.G.Add("Add", words, First(x, x["position"], x["ids"].Shape[1].Factor)), x.G.Add("Embedding", x["token_type"], x["types"]));
            return AttentionRecipes.Norm(x.G, sum, x["gamma"], x["beta"], x.Case.Number("epsilon"));
        }),
        ["MM"] = One(x => x.G.Add("MatMul", Turned(x, x["A"], "trans_a"), Turned(x, x["B"], "trans_b"))),
        ["MV"] = One(x => x.G.Add("Squeeze", x.G.Add("MatMul", x["A"], Raised(x, x["B"], -1)), x.G.Constant([-1L]))),
        ["DotProduct"] = One(x => Sum(x, x.G.Add("Mul", x["A"], x["B"]), -1)),
        ["CrossProduct"] = One(x =>
        {
            Value Dot(int a, int b) => x.G.Add("ReduceSum", x.G.Add("Mul", x.All[a], x.All[b]), x.G.Constant([-1L]), ("keepdims", 1));
            return x.G.Add("Concat", [Dot(0, 1), Dot(0, 2), Dot(1, 2)], new(("axis", 1)));
        }),
        ["MixtureTable"] = One(x =>
        {
            Value Share(long k) => x.G.Add("Slice", [x["gate"], x.G.Constant([k]), x.G.Constant([k + 1]), x.G.Constant([1L])]);
            return x.G.Add("Add", x.G.Add("Mul", Share(0), x["E0"]), x.G.Add("Mul", Share(1), x["E1"]));
        }),
        ["FactorizationMachine"] = One(x =>
        {
            Value sum = Sum(x, x["X"], 1);
            Value squares = Sum(x, x.G.Add("Mul", x["X"], x["X"]), 1);
            Value terms = x.G.Add("Sub", x.G.Add("Mul", sum, sum), squares);
            return x.G.Add("Mul", x.G.Add("ReduceSum", terms, x.G.Constant([-1L]), ("keepdims", 1)), x.Number(0.5));
        }),
        ["Bilinear"] = One(x =>
        {
            SymbolicShape w = x["W"].Shape;
            Value left = x.G.Add("MatMul", x["X1"], x.G.Add("Reshape", x.G.Add("Transpose", x["W"], ("perm", new long[] { 1, 0, 2 })), x.G.Constant([w[1].Factor, -1])));
            Value cube = x.G.Add("Reshape", left, x.G.Constant([-1, w[0].Factor, w[2].Factor]));
            return x.G.Add("Add", Sum(x, x.G.Add("Mul", cube, Raised(x, x["X2"], 1)), -1), x["B"]);
        }),
        ["CosineSimilarity"] = One(x => Cosine(x, x["X1"], x["X2"], x.Case.Number("eps"))),
        ["Cosine"] = One(x => Cosine(x, Raised(x, x["X"], 1), x["W"], 1e-12)),
        ["Euclidean"] = One(x => x.G.Add("ReduceL2", x.G.Add("Sub", Raised(x, x["X"], 1), x["W"]), x.G.Constant([-1L]), ("keepdims", 0))),
        ["PairwiseDistance"] = One(x =>
        {
            Value apart = x.G.Add("Abs", x.G.Add("Add", x.G.Add("Sub", x["X1"], x["X2"]), x.Number(x.Case.Number("eps"))));
            double p = x.Case.Number("p");
            Value sum = x.G.Add("ReduceSum", x.G.Add("Pow", apart, x.Number(p)), x.G.Constant([-1L]), ("keepdims", x.Case.Int("keepdim")));
            return x.G.Add("Pow", sum, x.Number(1 / p));
        }),
        ["TimeDistributed"] = One(x => x.G.Add("Add", x.G.Add("MatMul", x["X"], x.G.Add("Transpose", x["W"])), x["B"])),
        ["FeedForwardNetwork"] = One(x =>
        {
            Value Layer(Value v, string w, string b) => x.G.Add("Add", x.G.Add("MatMul", v, x.G.Add("Transpose", x[w])), x[b]);
            return Layer(x.G.Add("Relu", Layer(x["X"], "W1", "B1")), "W2", "B2");
        }),
        ["SparseLinear"] = One(x =>
        {
            Value zeros = x.G.Constant(Tensor.From<float>(new Shape(x.Case.Int("rows"), x.Case.Int("columns")), new float[x.Case.Int("rows") * x.Case.Int("columns")]));
            Value dense = x.G.Add("ScatterND", [zeros, x["coo_indices"], x["coo_values"]], new(("reduction", "add")));
            return Linear(x, dense, x["W"], x["B"]);
        }),
    };

    public static Dictionary<string, Value> Named(Value[] values, params string[] names) => names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => values[p.i]);

    /// <summary>The rows that are looked up are first cut to max_norm; no gradient flows through the cut.</summary>
    private static Dictionary<string, Value> Limited(LayerGraph x)
    {
        Value w = x["W"];
        Value flat = x.G.Add("Reshape", x["indices"], x.G.Constant([-1L]));
        Value hits = x.G.Add("OneHot", [flat, x.G.Constant(Tensor.Scalar(w.Shape[0].Factor)), x.G.Constant(Tensor.From<float>(new Shape(2), [0, 1]))], new(("axis", 0)));
        Value seen = x.G.Add("ReduceMax", hits, x.G.Constant([1L]), ("keepdims", 1));
        double p = x.Case.Number("norm_type");
        Value powers = x.G.Add("ReduceSum", x.G.Add("Pow", x.G.Add("Abs", w), x.Number(p)), x.G.Constant([1L]), ("keepdims", 1));
        Value norm = x.G.Add("Pow", powers, x.Number(1 / p));
        Value most = x.Number(x.Case.Number("max_norm"));
        Value cut = x.G.Add("Div", most, x.G.Add("Add", norm, x.Number(1e-7)));
        Value share = x.G.Add("Where", [x.G.Add("Greater", norm, most), cut, x.Number(1)]);
        share = x.G.Add("Where", [x.G.Add("Greater", seen, x.Number(0)), share, x.Number(1)]);
        Value change = x.G.Add("GradientScale", x.G.Add("Sub", x.G.Add("Mul", w, share), w), ("scale", 0.0));
        Value after = x.G.Add("Add", w, change);
        return Named([x.G.Add("Embedding", after, x["indices"]), x.G.Add("Identity", after)], "Y", "W_after");
    }

    private static Value Raised(LayerGraph x, Value v, long axis) => x.G.Add("Unsqueeze", v, x.G.Constant([axis]));

    private static Value Sum(LayerGraph x, Value v, long axis) => x.G.Add("ReduceSum", v, x.G.Constant([axis]), ("keepdims", 0));

    private static Value Part(LayerGraph x, long from, long to) => x.G.Add("Slice", [x["X"], x.G.Constant([from]), x.G.Constant([to]), x.G.Constant([x.Case.Int("axis")])]);

    private static Value First(LayerGraph x, Value table, long count) => x.G.Add("Slice", [table, x.G.Constant([0L]), x.G.Constant([count]), x.G.Constant([0L])]);

    private static Value Turned(LayerGraph x, Value v, string attribute) => x.Case.Int(attribute) == 0 ? v : x.G.Add("Transpose", v, ("perm", new long[] { 0, 2, 1 }));

    private static Value Cosine(LayerGraph x, Value a, Value b, double eps)
    {
        Value Norm(Value v) => x.G.Add("Max", x.G.Add("ReduceL2", v, x.G.Constant([-1L]), ("keepdims", 0)), x.Number(eps));
        return x.G.Add("Div", Sum(x, x.G.Add("Mul", a, b), -1), x.G.Add("Mul", Norm(a), Norm(b)));
    }
}
