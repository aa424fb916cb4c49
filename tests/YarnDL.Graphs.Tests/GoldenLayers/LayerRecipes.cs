using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Layers of other frameworks, or with attributes that the operators do not have, said in operators.</summary>
internal static class LayerRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["BatchNormalization"] = BatchNormalization,
        ["LpNormalization"] = One(x => Normalised(x)),
        ["NormalizeScale"] = One(x => x.G.Add("Mul", x.G.Add("Div", x["X"], Norm(x, x["X"], 2, 1, x.Case.Number("eps"))), x["weight"])),
        ["LayerNormalization"] = One(x => x.Apply("LayerNormalization", x["X"], x.Find("Scale"), x.Find("B"))),
        ["SpatialWithinChannelLRN"] = One(x =>
        {
            long n = x.Case.Int("size");
            Value sums = x.G.Add("SumPool", x.G.Add("Mul", x["X"], x["X"]), ("kernel_shape", new[] { n, n }), ("pads", new[] { n / 2, n / 2, n / 2, n / 2 }));
            Value scale = x.G.Add("Add", x.G.Add("Mul", sums, x.Number(x.Case.Number("alpha") / (n * n))), x.Number(1));
            return x.G.Add("Div", x["X"], x.G.Add("Pow", scale, x.Number(x.Case.Number("beta"))));
        }),
        ["AveragePool"] = One(x => x.Case.Has("divisor_override") ? x.G.Add("Div", x.Apply("SumPool", x["X"]), x.Number(x.Case.Number("divisor_override"))) : x.Apply("AveragePool", x["X"])),
        ["Pad"] = One(x => x.G.Add("Pad", [x["X"], x.G.Constant(x.Longs("pads")), x.Number(x.Case.Number("constant_value"))], new(("mode", x.Case.Text("mode"))))),
        ["Resize"] = One(Resized),
        ["SpaceToDepth_CRD"] = One(x =>
        {
            long b = x.Case.Int("blocksize");
            SymbolicShape s = x["X"].Shape;
            Value blocks = x.G.Add("SpaceToDepth", x["X"], ("blocksize", b));
            Value apart = x.G.Add("Reshape", blocks, x.G.Constant([-1, b * b, s[1].Factor, s[2].Factor / b, s[3].Factor / b]));
            return x.G.Add("Reshape", x.G.Add("Transpose", apart, ("perm", new long[] { 0, 2, 1, 3, 4 })), x.G.Constant([-1, b * b * s[1].Factor, s[2].Factor / b, s[3].Factor / b]));
        }),
        ["Cropping2D"] = One(x => Cropped(x, "height_crop", "width_crop")),
        ["Cropping3D"] = One(x => Cropped(x, "dim1_crop", "dim2_crop", "dim3_crop")),
        ["SeparableConv2D"] = One(x =>
        {
            var window = new Attributes(("pads", x.Longs("pads")), ("strides", x.Longs("strides")), ("group", x["X"].Shape[1].Factor));
            return x.G.Add("Conv", [x.G.Add("Conv", [x["X"], x["Wd"]], window), x["Wp"], x["B"]]);
        }),
        ["Conv2D_NHWC"] = One(x =>
        {
            Value w = x.G.Add("Transpose", x["W"], ("perm", new long[] { 3, 2, 0, 1 }));
            Value y = x.Apply("Conv", x.G.Add("Transpose", x["X"], ("perm", new long[] { 0, 3, 1, 2 })), w, x["B"]);
            return x.G.Add("Transpose", y, ("perm", new long[] { 0, 2, 3, 1 }));
        }),
        ["TemporalConvolution"] = One(x =>
        {
            long k = x.Case.Int("kernel_w");
            Value w = x.G.Add("Reshape", x["W"], x.G.Constant([x["W"].Shape[0].Factor, k, -1]));
            w = x.G.Add("Transpose", w, ("perm", new long[] { 0, 2, 1 }));
            Value y = x.G.Add("Conv", [x.G.Add("Transpose", x["X"], ("perm", new long[] { 0, 2, 1 })), w, x["B"]], new(("strides", new[] { x.Case.Int("stride_w") })));
            return x.G.Add("Transpose", y, ("perm", new long[] { 0, 2, 1 }));
        }),
        ["MaxUnpool2d"] = One(x => x.Apply("MaxUnpool", x["X"], x["Indices"])),
        ["Col2Im"] = One(x => x.Apply("Col2Im", x["X"], x.G.Constant(x.Longs("image_shape")), x.G.Constant(x.Longs("block_shape")))),
        ["LocallyConnected1D"] = One(x => x.Apply("LocallyConnected", x["X"], x["W"], x.Find("B"))),
        ["LocallyConnected2D"] = One(x => x.Apply("LocallyConnected", x["X"], x["W"], x.Find("B"))),
        ["SpatialConvolutionMap"] = One(x =>
        {
            SymbolicShape w = x["W"].Shape;
            long[] full = [x["B"].Shape[0].Factor, x["X"].Shape[1].Factor, w[1].Factor, w[2].Factor];
            Value turned = x.G.Add("Gather", x["table"], x.G.Constant([1L, 0]), ("axis", 1));
            Value zeros = x.G.Constant(YarnDL.Tensors.Tensor.From<float>(new(full), new float[full.Aggregate(1L, (p, e) => p * e)]));
            return x.Apply("Conv", x["X"], x.G.Add("ScatterND", [zeros, turned, x["W"]], new(("reduction", "add"))), x["B"]);
        }),
        ["SpatialSubtractiveNormalization"] = One(x => x.G.Add("SubtractiveNormalization", x["X"], x["kernel"])),
        ["SpatialDivisiveNormalization"] = One(x => x.Apply("DivisiveNormalization", x["X"], x["kernel"])),
        ["SpatialContrastiveNormalization"] = One(x => x.Apply("DivisiveNormalization", x.G.Add("SubtractiveNormalization", x["X"], x["kernel"]), x["kernel"])),
        ["GradientReversal"] = One(x => x.G.Add("GradientScale", x["X"], ("scale", -x.Float("lambda")))),
        ["ActivityRegularization"] = x =>
        {
            Value l1 = x.G.Add("Mul", Total(x, x.G.Add("Abs", x["X"])), x.Number(x.Case.Number("l1")));
            Value l2 = x.G.Add("Mul", Total(x, x.G.Add("Mul", x["X"], x["X"])), x.Number(x.Case.Number("l2")));
            return IndexRecipes.Named([x.G.Add("Identity", x["X"]), x.G.Add("Add", l1, l2)], "Y", "penalty");
        },
        ["NegativeEntropyPenalty"] = x =>
        {
            Value sum = Total(x, x.G.Add("Mul", x["X"], x.G.Add("Log", x["X"])));
            return IndexRecipes.Named([x.G.Add("Identity", x["X"]), x.G.Add("Mul", sum, x.Number(x.Case.Number("beta")))], "Y", "penalty");
        },
        ["ReduceVar"] = One(x => Spread(x, "ReduceVar")),
        ["ReduceStd"] = One(x => Spread(x, "ReduceStd")),
        ["Dropout"] = One(x => x.Find("mask") is { } mask ? Kept(x, mask) : x.G.Add("Identity", x["X"])),
        ["SpatialDropout1D"] = One(x => Kept(x, x["mask"])),
        ["SpatialDropout2D"] = One(x => Kept(x, x["mask"])),
        ["SpatialDropout3D"] = One(x => Kept(x, x["mask"])),
        ["GaussianDropout"] = One(x => x.G.Add("Mul", x["X"], x["noise"])),
        ["GaussianNoise"] = One(x => x.G.Add("Add", x["X"], x["noise"])),
        ["GaussianSampler"] = One(x => x.G.Add("Add", x["mean"], x.G.Add("Mul", x["eps"], x.G.Add("Exp", x.G.Add("Mul", x["log_var"], x.Number(0.5)))))),
        ["AlphaDropout"] = One(x =>
        {
            const double Low = -1.7580993408473766;
            double q = 1 - x.Case.Number("ratio");
            double scale = 1 / Math.Sqrt(q + (Low * Low * q * (1 - q)));
            Value dropped = x.G.Add("Mul", x.G.Add("Sub", x.Number(1), x["mask"]), x.Number(Low));
            Value mixed = x.G.Add("Add", x.G.Add("Mul", x["X"], x["mask"]), dropped);
            return x.G.Add("Add", x.G.Add("Mul", mixed, x.Number(scale)), x.Number(-scale * (1 - q) * Low));
        }),
    };

    private static Value Total(LayerGraph x, Value v) => x.G.Add("ReduceSum", [v], new(("keepdims", 0)));

    private static Value Spread(LayerGraph x, string op) =>
        x.G.Add(op, x["X"], x.G.Constant(x.Longs("axes")), ("keepdims", 0), ("correction", x.Case.Int("correction")));

    private static Dictionary<string, Value> BatchNormalization(LayerGraph x)
    {
        SymbolicShape s = x["X"].Shape;
        bool steps = x.Case.Int("steps", 1) > 1;
        Value ones = x.G.Constant(YarnDL.Tensors.Tensor.From<float>(new(x["running_mean"].Shape[0].Factor), [.. Enumerable.Repeat(1f, (int)x["running_mean"].Shape[0].Factor)]));
        Value scale = x.Find("scale") ?? ones;
        Value bias = x.Find("B") ?? x.G.Add("Sub", ones, ones);
        if (x.Case.Int("training_mode") == 0)
        {
            return Recipes.Y(x.G.Add("BatchNormalization", [x["X"], scale, bias, x["running_mean"], x["running_var"]], new(("epsilon", x.Float("epsilon")))));
        }

        Value mean = x["running_mean"];
        Value variance = x["running_var"];
        Operator op = OperatorTable.Get("BatchNormalizationTraining");
        if (!steps)
        {
            Value[] one = x.Apply(op.Name, 3, x["X"], scale, bias, mean, variance);
            return new() { ["Y"] = one[0], ["running_mean"] = one[1], ["running_var"] = one[2] };
        }

        if (s.RowAxis == 0)
        {
            throw new GraphException("axis 0 holds steps, not rows");
        }

        var results = new Value[s[0].Factor];
        for (int i = 0; i < results.Length; i++)
        {
            Value step = x.G.Add("Reshape", x.G.Add("Slice", [x["X"], x.G.Constant([(long)i]), x.G.Constant([i + 1L]), x.G.Constant([0L])]), x.G.Constant([.. s.Dims[1..].ToArray().Select(d => d.Factor)]));
            float momentum = x.Case.Attr("momentum").ValueKind == System.Text.Json.JsonValueKind.Null ? (float)(1 - (1.0 / (i + 1))) : x.Float("momentum");
            Value[] y = x.G.AddNode(op, [step, scale, bias, mean, variance], new(("epsilon", x.Float("epsilon")), ("momentum", momentum)), 3);
            results[i] = x.G.Add("Unsqueeze", y[0], x.G.Constant([0L]));
            (mean, variance) = (y[1], y[2]);
        }

        return new() { ["Y"] = x.G.Add("Concat", results, new(("axis", 0))), ["running_mean"] = mean, ["running_var"] = variance };
    }

    private static Value Normalised(LayerGraph x) => x.G.Add("Div", x["X"], Norm(x, x["X"], x.Case.Number("p"), x.Case.Int("axis"), x.Case.Number("eps")));

    /// <summary>max(p-norm along an axis, eps).</summary>
    private static Value Norm(LayerGraph x, Value v, double p, long axis, double eps)
    {
        Value axes = x.G.Constant([axis]);
        Value norm = p == 1 ? x.G.Add("ReduceL1", v, axes, ("keepdims", 1)) : p == 2 ? x.G.Add("ReduceL2", v, axes, ("keepdims", 1))
            : x.G.Add("Pow", x.G.Add("ReduceSum", x.G.Add("Pow", x.G.Add("Abs", v), x.Number(p)), axes, ("keepdims", 1)), x.Number(1 / p));
        return x.G.Add("Max", norm, x.Number(eps));
    }

    private static Value Resized(LayerGraph x)
    {
        if (x.Case.Text("mode") == "area")
        {
            return x.G.Add("AdaptiveAveragePool", x["X"], ("output_size", x.Longs("sizes")[2..]));
        }

        float[] scales = x.Case.Has("scales") ? [.. x.Case.Attr("scales").EnumerateArray().Select(e => e.GetSingle())] : [];
        return scales.Length > 0 ? x.Apply("Resize", x["X"], null, x.G.Constant(YarnDL.Tensors.Tensor.From<float>(new(scales.Length), scales)), null)
            : x.Apply("Resize", x["X"], null, null, x.G.Constant(x.Longs("sizes")));
    }

    private static Value Cropped(LayerGraph x, params string[] crops)
    {
        long[][] pairs = [.. crops.Select(x.Longs)];
        return x.G.Add("Pad", x["X"], x.G.Constant([0, 0, .. pairs.Select(p => -p[0]), 0, 0, .. pairs.Select(p => -p[1])]));
    }

    private static Value Kept(LayerGraph x, Value mask) => x.G.Add("Mul", x["X"], x.G.Add("Mul", mask, x.Number(1 / (1 - x.Case.Number("ratio")))));
}
