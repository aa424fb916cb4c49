using YarnDL.Tensors;
using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Attention and the layers made of it.</summary>
internal static class AttentionRecipes
{
    private const float Never = -1e30f;

    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["Attention"] = One(x =>
        {
            Value scores = x.G.Add("Mul", x.G.Add("MatMul", x["Q"], Turn(x.G, x["K"], 0, 1, 3, 2)), x.Number(x.Case.Number("scale")));
            scores = x.Case.Int("causal") != 0 ? x.G.Add("Add", scores, Causal(x.G, scores)) : scores;
            scores = x.Find("mask") is { } mask ? x.G.Add("Add", scores, mask) : scores;
            scores = x.Find("key_mask") is { } keys ? x.G.Add("Where", [Keys(x.G, keys), scores, x.Number(Never)]) : scores;
            return x.G.Add("MatMul", x.G.Add("Softmax", scores), x["V"]);
        }),
        ["AdditiveAttention"] = x =>
        {
            Value q = x.G.Add("Unsqueeze", x.G.Add("MatMul", x["query"], x.G.Add("Transpose", x["Wq"])), x.G.Constant([2L]));
            Value k = x.G.Add("Unsqueeze", x.G.Add("MatMul", x["key"], x.G.Add("Transpose", x["Wk"])), x.G.Constant([1L]));
            Value weights = x.G.Add("Softmax", x.G.Add("MatMul", x.G.Add("Tanh", x.G.Add("Add", q, k)), x["v"]));
            return IndexRecipes.Named([x.G.Add("MatMul", weights, x["key"]), weights], "Y", "attention");
        },
        ["MultiheadAttention"] = x =>
        {
            bool first = x.Case.Int("batch_first") != 0;
            Value Rows(Value v) => first ? v : Turn(x.G, v, 1, 0, 2);
            Value q = Rows(x["query"]);
            Value k = x.Find("key") is { } key ? Rows(key) : q;
            Value v = x.Find("value") is { } value ? Rows(value) : q;
            (Value y, Value weights) = MultiHead(x, "", q, k, v, x.Case.Int("num_heads"), x.Case.Int("causal") != 0);
            return IndexRecipes.Named([Rows(y), weights], "Y", "attention");
        },
        ["TransformerEncoderLayer"] = One(x => Encoder(x)),
        ["TransformerDecoderLayer"] = One(x => Decoder(x)),
        ["PositionalEncoding"] = x =>
        {
            Value table = Positions(x);
            return IndexRecipes.Named([x.G.Add("Add", x["X"], table), x.G.Add("Identity", table)], "Y", "PE");
        },
        ["RotaryEmbedding"] = One(Rotary),
    };

    /// <summary>Layer normalisation over the last axis.</summary>
    public static Value Norm(GraphBuilder g, Value x, Value scale, Value bias, double epsilon)
    {
        Value Mean(Value v) => g.Add("ReduceMean", v, g.Constant([-1L]), ("keepdims", 1));
        Value centred = g.Add("Sub", x, Mean(x));
        Value variance = g.Add("Add", Mean(g.Add("Mul", centred, centred)), g.Constant((float)epsilon));
        return g.Add("Add", g.Add("Mul", g.Add("Div", centred, g.Add("Sqrt", variance)), scale), bias);
    }

    /// <summary>PyTorch's multi-head attention on (N, L, E) values.</summary>
    public static (Value Y, Value Weights) MultiHead(LayerGraph x, string path, Value q, Value k, Value v, long heads, bool causal)
    {
        GraphBuilder g = x.G;
        long width = q.Shape[^1].Factor;
        Value Project(Value input, int part, string own)
        {
            Value w = x.Find(path + own) ?? Cut(g, x[path + "in_proj_weight"], 0, part * width, (part + 1) * width);
            Value y = g.Add("MatMul", input, g.Add("Transpose", w));
            return x.Find(path + "in_proj_bias") is { } bias ? g.Add("Add", y, Cut(g, bias, 0, part * width, (part + 1) * width)) : y;
        }

        q = Project(q, 0, "q_proj_weight");
        k = Extended(x, path + "bias_k", Project(k, 1, "k_proj_weight"));
        v = Extended(x, path + "bias_v", Project(v, 2, "v_proj_weight"));
        Value Split(Value t) => Turn(g, g.Add("Reshape", t, g.Constant([0L, 0L, heads, -1L])), 0, 2, 1, 3);
        Value scores = g.Add("Mul", g.Add("MatMul", Split(q), Turn(g, Split(k), 0, 1, 3, 2)), g.Constant((float)(1 / Math.Sqrt(width / heads))));
        scores = causal ? g.Add("Add", scores, Causal(g, scores)) : scores;
        Value? mask = x.Find("attn_mask");
        scores = mask is null ? scores : g.Add("Add", scores, mask);
        Value? padding = path.StartsWith("multihead", StringComparison.Ordinal) ? null : x.Find("key_padding_mask");
        scores = padding is null ? scores : g.Add("Where", [g.Add("Unsqueeze", g.Add("Cast", padding, ("to", 9)), g.Constant([1L, 2L])), g.Constant(Never), scores]);
        Value weights = g.Add("Softmax", scores);
        Value joined = g.Add("Reshape", Turn(g, g.Add("MatMul", weights, Split(v)), 0, 2, 1, 3), g.Constant([0L, 0L, -1L]));
        Value y = g.Add("MatMul", joined, g.Add("Transpose", x[path + "out_proj.weight"]));
        return (x.Find(path + "out_proj.bias") is { } b ? g.Add("Add", y, b) : y, weights);
    }

    private static Value Extended(LayerGraph x, string bias, Value v)
    {
        Value Row(Value one) => x.G.Add("ExpandLike", one, x.G.Add("Slice", [v, x.G.Constant([0L]), x.G.Constant([1L]), x.G.Constant([1L])]));
        v = x.Find(bias) is { } b ? x.G.Add("Concat", [v, Row(b)], new(("axis", 1))) : v;
        return x.Case.Int("add_zero_attn") != 0 ? x.G.Add("Concat", [v, Row(x.Number(0))], new(("axis", 1))) : v;
    }

    private static Value Encoder(LayerGraph x)
    {
        bool before = x.Case.Int("norm_first") != 0;
        bool first = x.Case.Int("batch_first") != 0;
        Value h = first ? x["X"] : Turn(x.G, x["X"], 1, 0, 2);
        Value Attend(Value v) => MultiHead(x, "self_attn.", v, v, v, x.Case.Int("nhead"), x.Case.Int("causal") != 0).Y;
        h = Block(x, h, before, "norm1", Attend);
        h = Block(x, h, before, "norm2", v => Forward(x, v));
        return first ? h : Turn(x.G, h, 1, 0, 2);
    }

    private static Value Decoder(LayerGraph x)
    {
        bool before = x.Case.Int("norm_first") != 0;
        long heads = x.Case.Int("nhead");
        Value h = Block(x, x["X"], before, "norm1", v => MultiHead(x, "self_attn.", v, v, v, heads, x.Case.Int("causal") != 0).Y);
        h = Block(x, h, before, "norm2", v => MultiHead(x, "multihead_attn.", v, x["memory"], x["memory"], heads, false).Y);
        return Block(x, h, before, "norm3", v => Forward(x, v));
    }

    private static Value Block(LayerGraph x, Value h, bool before, string norm, Func<Value, Value> inner)
    {
        Value Normed(Value v) => Norm(x.G, v, x[norm + ".weight"], x[norm + ".bias"], x.Case.Number("layer_norm_eps", 1e-5));
        return before ? x.G.Add("Add", h, inner(Normed(h))) : Normed(x.G.Add("Add", h, inner(h)));
    }

    private static Value Forward(LayerGraph x, Value v)
    {
        Value Layer(Value u, string name) => x.G.Add("Add", x.G.Add("MatMul", u, x.G.Add("Transpose", x[name + ".weight"])), x[name + ".bias"]);
        return Layer(x.G.Add(x.Case.Text("activation") == "gelu" ? "Gelu" : "Relu", Layer(v, "linear1")), "linear2");
    }

    private static Value Positions(LayerGraph x)
    {
        long steps = x["X"].Shape[1].Factor;
        long width = x["X"].Shape[2].Factor;
        var table = new float[steps * width];
        for (int i = 0; i < table.Length; i++)
        {
            long k = i % width;
            bool concat = x.Case.Text("kind") == "concat";
            long half = width / 2;
            double rate = concat ? Math.Pow(x.Case.Number("base"), -(double)(k % half) / ((width / 2.0) - 1)) : Math.Pow(x.Case.Number("base"), -(k / 2 * 2.0) / width);
            bool sine = concat ? k < half : k % 2 == 0;
            table[i] = (float)(sine ? Math.Sin(i / width * rate) : Math.Cos(i / width * rate));
        }

        return x.G.Constant(Tensor.From<float>(new Shape(steps, width), table));
    }

    private static Value Rotary(LayerGraph x)
    {
        bool interleaved = x.Case.Int("interleaved") != 0;
        long steps = x["X"].Shape[2].Factor;
        long width = x["X"].Shape[3].Factor;
        var cos = new float[steps * width];
        var sin = new float[steps * width];
        var partner = new long[width];
        for (int i = 0; i < cos.Length; i++)
        {
            long k = i % width;
            long pair = interleaved ? k / 2 : k % (width / 2);
            bool low = interleaved ? k % 2 == 0 : k < width / 2;
            double angle = i / width * Math.Pow(x.Case.Number("base"), -2.0 * pair / width);
            cos[i] = (float)Math.Cos(angle);
            sin[i] = (float)(low ? -Math.Sin(angle) : Math.Sin(angle));
            partner[k] = interleaved ? k ^ 1 : (k + (width / 2)) % width;
        }

        Value Table(float[] v) => x.G.Constant(Tensor.From<float>(new Shape(steps, width), v));
        Value other = x.G.Add("Gather", x["X"], x.G.Constant(partner), ("axis", 3));
        return x.G.Add("Add", x.G.Add("Mul", x["X"], Table(cos)), x.G.Add("Mul", other, Table(sin)));
    }

    /// <summary>(L, S) with 0 where key s is not after query l.</summary>
    private static Value Causal(GraphBuilder g, Value scores)
    {
        (long l, long s) = (scores.Shape[^2].Factor, scores.Shape[^1].Factor);
        var mask = new float[l * s];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = i % s > i / s ? Never : 0;
        }

        return g.Constant(Tensor.From<float>(new Shape(l, s), mask));
    }

    private static Value Keys(GraphBuilder g, Value keys) => g.Add("Unsqueeze", g.Add("Cast", keys, ("to", 9)), g.Constant([1L, 2L]));

    private static Value Turn(GraphBuilder g, Value v, params long[] perm) => g.Add("Transpose", v, ("perm", perm));

    private static Value Cut(GraphBuilder g, Value v, long axis, long from, long to) => g.Add("Slice", [v, g.Constant([from]), g.Constant([to]), g.Constant([axis])]);
}
