using YarnDL.Testing;

namespace YarnDL.Nn.Tests.GoldenLayers;

/// <summary>Which layer class a case is.</summary>
internal static class LayerOf
{
    public static LayerCase? Case(GoldenCase c) => c.Has("max_norm") || c.Outputs.Values.Any(t => t.Count == 0) || c.Inputs.Values.Any(t => t.Shape.Length == 0) || c.Op == "Shrink" ? null
        : Activation(c) ?? Linear(c) ?? Convolution(c) ?? Pool(c) ?? Norm(c) ?? Shape(c) ?? Merge(c) ?? Recurrent(c) ?? Attention(c);

    private static LayerCase? Activation(GoldenCase c) => c.Op switch
    {
        "Relu" => new ReLU(),
        "Tanh" => new Tanh(),
        "Sigmoid" => new Sigmoid(),
        "Softmax" when NotRows(c) => new Softmax((int)c.Int("axis")),
        "LogSoftmax" when NotRows(c) => new LogSoftmax((int)c.Int("axis")),
        "SoftMin" => new Softmin((int)c.Int("axis")),
        "Gelu" => new GELU(c.Text("approximate") == "tanh"),
        "Swish" when c.Number("alpha", 1) == 1 => new SiLU(),
        "Mish" => new Mish(),
        "Elu" => new ELU(c.Number("alpha")),
        "Selu" => new SELU(),
        "Celu" => new CELU(c.Number("alpha")),
        "LeakyRelu" => new LeakyReLU(c.Number("alpha")),
        "PRelu" => new LayerCase(new PReLU(c.Int("shared") == 0), ["X"], ("weight", "slope")),
        "RReLU" when c.Int("training_mode") == 0 => new RReLU(c.Number("lower"), c.Number("upper")),
        "SReLU" => new SReLU(),
        "Softplus" => new Softplus(c.Number("beta", 1)),
        "Softsign" => new Softsign(),
        "LogSigmoid" => new LogSigmoid(),
        "HardTanh" => new Hardtanh(c.Number("min_val"), c.Number("max_val")),
        "Clamp" => new Hardtanh(c.Number("min"), c.Number("max")),
        "ReLU6" => new ReLU6(),
        "HardSigmoid" => new Hardsigmoid(c.Number("alpha"), c.Number("beta")),
        "HardSwish" => new Hardswish(),
        "HardShrink" => new Hardshrink(c.Number("lambd")),
        "SoftShrink" => new Softshrink(c.Number("lambd")),
        "TanhShrink" => new Tanhshrink(),
        "Threshold" => new Threshold(c.Number("threshold"), c.Number("value")),
        "ThresholdedRelu" => new ThresholdedReLU(c.Number("alpha")),
        "BinaryThreshold" => new BinaryThreshold(c.Number("threshold")),
        "GradientReversal" => new GradientReversal(c.Number("lambda")),
        "GLU" => new GLU((int)c.Int("axis")),
        "Power" => new Power(c.Number("power"), c.Number("scale"), c.Number("shift")),
        "AddConstant" => new AddConstant(c.Number("value")),
        "MulConstant" => new MulConstant(c.Number("value")),
        "Abs" or "Exp" or "Log" or "Sqrt" or "Square" or "Neg" or "Reciprocal" or "Erf" => new Elementwise(c.Op),
        _ => null,
    };

    private static LayerCase? Linear(GoldenCase c) => c.Op switch
    {
        "Linear" => new Linear(null, c.Params["W"].Shape[0]),
        "Gemm" when c.Params.ContainsKey("W") && c.Int("transA") == 0 && c.Int("transB") == 1 && c.Number("alpha", 1) == 1 && c.Number("beta", 1) == 1 && c.Inputs["X"].Shape.Length == 2
            => new Linear(null, c.Params["W"].Shape[0], c.Params.ContainsKey("B")),
        "Bilinear" => new Bilinear(c.Params["W"].Shape[0]),
        "Cosine" => new Cosine(c.Params["W"].Shape[0]),
        "Euclidean" => new Euclidean(c.Params["W"].Shape[0]),
        "Highway" => new LayerCase(new Highway(c.Text("activation")), null, ("gate.weight", "Wt"), ("gate.bias", "Bt"), ("transform.weight", "Wh"), ("transform.bias", "Bh")),
        "Maxout" => new Maxout(c.Int("output_size"), c.Int("pool")),
        "WeightNormLinear" => new LayerCase(new WeightNormLinear(c.Params["v"].Shape[0], false), null, ("weight_v", "v"), ("weight_g", "g")),
        "CAdd" => new CAdd(c.Params["B"].Shape),
        "CMul" or "Mul1" => new CMul(c.Params["W"].Shape),
        "Scale" => new Scale(),
        "FactorizationMachine" => new FactorizationMachine(),
        "TimeDistributed" => new LayerCase(new TimeDistributed(new Linear(null, c.Params["W"].Shape[0])), null, ("inner.weight", "W"), ("inner.bias", "B")),
        "FeedForwardNetwork" => new LayerCase(new FeedForward(c.Params["W1"].Shape[0]), null, ("linear1.weight", "W1"), ("linear1.bias", "B1"), ("linear2.weight", "W2"), ("linear2.bias", "B2")),
        "Embedding" when c.Int("scale_grad_by_freq") == 0 => new Embedding(c.Params["W"].Shape[0], c.Params["W"].Shape[1], c.Has("padding_idx") ? c.Int("padding_idx") : null),
        "EmbeddingBag" when !c.Inputs.ContainsKey("offsets") => new EmbeddingBag(c.Params["W"].Shape[0], c.Params["W"].Shape[1], c.Text("mode"), c.Has("padding_idx") ? c.Int("padding_idx") : null),
        _ => null,
    };

    private static LayerCase? Convolution(GoldenCase c)
    {
        bool bias = c.Params.ContainsKey("B");
        switch (c.Op)
        {
            case "Conv" or "ConvTranspose" when Symmetric(c) && !c.Has("auto_pad"):
                bool back = c.Op == "ConvTranspose";
                (long[] k, long[] s, long[] p, long[] d) = (Longs(c, "kernel_shape"), Longs(c, "strides"), Longs(c, "pads"), Longs(c, "dilations"));
                long[] o = back && c.Has("output_padding") ? Longs(c, "output_padding") : new long[k.Length];
                long group = c.Int("group", 1);
                long filters = back ? c.Params["W"].Shape[1] * group : c.Params["W"].Shape[0];
                return (k.Length, back) switch
                {
                    (1, false) => new Conv1d(null, filters, k[0], s[0], p[0], d[0], group, bias),
                    (2, false) => new Conv2d(null, filters, Two(k), Two(s), Two(p), Two(d), group, bias),
                    (3, false) => new Conv3d(null, filters, Three(k), Three(s), Three(p), Three(d), group, bias),
                    (1, true) => new ConvTranspose1d(null, filters, k[0], s[0], p[0], o[0], d[0], group, bias),
                    (2, true) => new ConvTranspose2d(null, filters, Two(k), Two(s), Two(p), Two(o), Two(d), group, bias),
                    _ => new ConvTranspose3d(null, filters, Three(k), Three(s), Three(p), Three(o), Three(d), group, bias),
                };
            case "Conv" when c.Text("auto_pad") == "SAME_UPPER" && Longs(c, "kernel_shape").Length == 2:
                return new Conv2d(null, c.Params["W"].Shape[0], Two(Longs(c, "kernel_shape")), Two(Longs(c, "strides")), null, c.Has("dilations") ? Two(Longs(c, "dilations")) : null, c.Int("group", 1), bias) { Same = true };
            case "SeparableConv2D":
                return new LayerCase(new SeparableConv2d(c.Params["Wp"].Shape[0], Two(Longs(c, "kernel_shape")), Two(Longs(c, "strides")), Two(Longs(c, "pads")), c.Int("depth_multiplier")), null,
                    ("depthwise.weight", "Wd"), ("pointwise.weight", "Wp"), ("pointwise.bias", "B"));
            case "TemporalConvolution":
                return new TemporalConv(c.Params["W"].Shape[0], c.Int("kernel_w"), c.Int("stride_w"));
            case "LocallyConnected1D":
                return new LocallyConnected1d(c.Params["W"].Shape[1], c.Params["W"].Shape[3], Longs(c, "strides")[0]);
            case "LocallyConnected2D":
                return new LocallyConnected2d(c.Params["W"].Shape[2], Two(Longs(c, "kernel_shape")), Two(Longs(c, "strides")));
            case "SpatialConvolutionMap":
                double[] pairs = c.Inputs["table"].Doubles();
                return new LayerCase(new MappedConv2d([.. pairs.Chunk(2).Select(t => ((int)t[0], (int)t[1]))], Two(Longs(c, "kernel_shape")), Two(Longs(c, "strides")), Two(Longs(c, "pads"))), ["X"]);
            default:
                return null;
        }
    }

    private static LayerCase? Pool(GoldenCase c)
    {
        switch (c.Op)
        {
            case "MaxPool" or "AveragePool" or "LpPool" when Symmetric(c) && !c.Has("auto_pad") && !c.Has("divisor_override"):
                (long[] k, long[] s, long[] p, bool up) = (Longs(c, "kernel_shape"), Longs(c, "strides"), Longs(c, "pads"), c.Int("ceil_mode") != 0);
                long[] d = c.Has("dilations") ? Longs(c, "dilations") : [.. k.Select(_ => 1L)];
                bool count = c.Int("count_include_pad") != 0;
                return (c.Op, k.Length) switch
                {
                    ("MaxPool", 1) => new MaxPool1d(k[0], s[0], p[0], up, d[0]),
                    ("MaxPool", 2) => new MaxPool2d(Two(k), Two(s), Two(p), up, Two(d)),
                    ("MaxPool", _) => new MaxPool3d(Three(k), Three(s), Three(p), up, Three(d)),
                    ("AveragePool", 1) => new AvgPool1d(k[0], s[0], p[0], up, count),
                    ("AveragePool", 2) => new AvgPool2d(Two(k), Two(s), Two(p), up, count),
                    ("AveragePool", _) => new AvgPool3d(Three(k), Three(s), Three(p), up, count),
                    (_, 1) when p.Sum() == 0 => new LpPool1d(c.Int("p"), k[0], s[0], up),
                    (_, 2) when p.Sum() == 0 => new LpPool2d(c.Int("p"), Two(k), Two(s), up),
                    (_, 3) when p.Sum() == 0 => new LpPool3d(c.Int("p"), Three(k), Three(s), up),
                    _ => null,
                };
            case "AdaptiveAveragePool" or "AdaptiveMaxPool":
                long[] size = Longs(c, "output_size");
                bool max = c.Op == "AdaptiveMaxPool";
                return size.Length switch
                {
                    1 => max ? new AdaptiveMaxPool1d(size[0]) : new AdaptiveAvgPool1d(size[0]),
                    2 => max ? new AdaptiveMaxPool2d(Two(size)) : new AdaptiveAvgPool2d(Two(size)),
                    _ => max ? new AdaptiveMaxPool3d(Three(size)) : new AdaptiveAvgPool3d(Three(size)),
                };
            case "GlobalAveragePool":
                return new GlobalAvgPool(true);
            case "GlobalMaxPool":
                return new GlobalMaxPool(true);
            case "Resize" when c.Has("sizes") && (c.Text("coordinate_transformation_mode"), c.Text("mode")) is ("asymmetric", "nearest") or ("half_pixel", "linear" or "cubic") or ("align_corners", "linear" or "cubic")
                && c.Text("nearest_mode", "floor") == "floor":
                return new Upsample(null, Longs(c, "sizes")[2..], c.Text("mode"), c.Text("coordinate_transformation_mode") == "align_corners");
            case "Resize" when c.Text("mode") == "area":
                return new Upsample(null, Longs(c, "sizes")[2..], "area");
            case "Cropping2D":
                return new Crop([Longs(c, "height_crop")[0], Longs(c, "width_crop")[0]], [Longs(c, "height_crop")[1], Longs(c, "width_crop")[1]]);
            case "Cropping3D":
                long[][] crops = [Longs(c, "dim1_crop"), Longs(c, "dim2_crop"), Longs(c, "dim3_crop")];
                return new Crop([.. crops.Select(x => x[0])], [.. crops.Select(x => x[1])]);
            case "DepthToSpace" when c.Text("mode") == "CRD":
                return new PixelShuffle(c.Int("blocksize"));
            case "SpaceToDepth_CRD":
                return new PixelUnshuffle(c.Int("blocksize"));
            default:
                return null;
        }
    }

    private static LayerCase? Norm(GoldenCase c) => c.Op switch
    {
        "BatchNormalization" when c.Int("training_mode") == 0 && c.Params.ContainsKey("scale") && c.Params.ContainsKey("B")
            => new LayerCase(new BatchNorm(c.Number("epsilon")), ["X"], ("weight", "scale"), ("bias", "B")),
        "LayerNormalization" when c.Params.Count is 0 or 2 && c.Int("axis") != 0 => new LayerCase(new LayerNorm((int)(c.Int("axis") < 0 ? -c.Int("axis") : c.Inputs["X"].Shape.Length - c.Int("axis")), c.Number("epsilon"), c.Params.Count == 2), null,
            ("weight", "Scale"), ("bias", "B")),
        "GroupNormalization" when c.Params.Count == 2 => new LayerCase(new GroupNorm(c.Int("num_groups"), c.Number("epsilon")), null, ("weight", "scale"), ("bias", "bias")),
        "InstanceNormalization" => new LayerCase(new InstanceNorm(c.Number("epsilon"), c.Params.Count > 0), null, ("weight", "scale"), ("bias", "B")),
        "RMSNormalization" => new LayerCase(new RMSNorm((int)-c.Int("axis"), c.Number("epsilon"), c.Params.Count > 0), null, ("weight", "scale")),
        "LRN" => new LocalResponseNorm(c.Int("size"), c.Number("alpha"), c.Number("beta"), c.Number("bias")),
        "SpatialWithinChannelLRN" => new SpatialWithinChannelLRN(c.Int("size"), c.Number("alpha"), c.Number("beta")),
        "LpNormalization" when c.Int("axis") != 0 => new Normalize(c.Number("p"), (int)c.Int("axis"), c.Number("eps")),
        "NormalizeScale" => new NormalizeScale(20, c.Number("p"), c.Number("eps")),
        "SpatialSubtractiveNormalization" => new LayerCase(new SpatialSubtractiveNormalization(Kernel(c)), ["X"]),
        "SpatialDivisiveNormalization" => new LayerCase(new SpatialDivisiveNormalization(Kernel(c), c.Number("threshold"), c.Number("thresval")), ["X"]),
        "SpatialContrastiveNormalization" => new LayerCase(new SpatialContrastiveNormalization(Kernel(c), c.Number("threshold"), c.Number("thresval")), ["X"]),
        "Dropout" when !c.Inputs.ContainsKey("mask") => new LayerCase(new Dropout(c.Number("ratio")), ["X"]),
        "ActivityRegularization" => new ActivityRegularization(c.Number("l1"), c.Number("l2")),
        "NegativeEntropyPenalty" => new NegativeEntropyPenalty(c.Number("beta")),
        _ => null,
    };

    private static LayerCase? Shape(GoldenCase c) => c.Op switch
    {
        "Flatten" when c.Int("axis") == 1 => new Flatten(),
        "Transpose" when Longs(c, "perm") is [0, ..] perm => new Permute(perm),
        "Squeeze" when c.Has("axes") && !Longs(c, "axes").Contains(0) => new Squeeze(Longs(c, "axes")),
        "Unsqueeze" when !Longs(c, "axes").Contains(0) => new Unsqueeze(Longs(c, "axes")),
        "Select" => new Select((int)c.Int("axis"), c.Int("index")),
        "Narrow" => new Narrow((int)c.Int("axis"), c.Int("offset"), c.Int("length")),
        "RepeatVector" => new RepeatVector(c.Int("n")),
        "Tile" when Longs(c, "repeats") is [1, .. var r] => new Tile(r),
        "Reverse" => new Reverse((int)c.Int("axis")),
        "Masking" => new Masking(c.Number("mask_value")),
        "ReduceMax" or "ReduceMin" or "ReduceMean" or "ReduceSum" or "ReduceProd" or "ReduceL1" or "ReduceL2" or "ReduceLogSumExp" when c.Has("axes") && Longs(c, "axes") is { Length: > 0 } axes && !axes.Contains(0)
            => new Reduce(c.Op["Reduce".Length..].ToLowerInvariant(), axes, c.Int("keepdims") != 0),
        _ => null,
    };

    private static LayerCase? Merge(GoldenCase c)
    {
        bool alike = c.Inputs.Values.All(t => t.Shape.AsSpan().SequenceEqual(c.Inputs.Values.First().Shape));
        return c.Op switch
        {
            "Add" or "Sub" or "Mul" or "Div" or "Max" or "Min" or "Mean" or "Sum" when alike && c.Inputs.Count > 1 =>
                new Merge(c.Op switch { "Add" or "Sum" => "sum", "Mean" => "ave", _ => c.Op.ToLowerInvariant() }),
            "Concat" when c.Int("axis") != 0 => new Concat((int)c.Int("axis")),
            "Pack" => new Stack((int)c.Int("axis")),
            "CosineSimilarity" => new CosineSimilarity((int)c.Int("dim"), c.Number("eps")),
            "PairwiseDistance" => new PairwiseDistance(c.Number("p"), c.Number("eps"), c.Int("keepdim") != 0),
            "DotProduct" => new Lambda((scope, v) => scope.Call("squeeze", new Squeeze(-1), scope.Call("dot", new Merge("dot"), v))),
            "CrossProduct" => new CrossProduct(),
            "MixtureTable" => new Mixture(),
            "MM" => new MatrixProduct(c.Int("trans_a") != 0, c.Int("trans_b") != 0),
            "MV" => new MatrixProduct(),
            _ => null,
        };
    }

    private static LayerCase? Recurrent(GoldenCase c)
    {
        long hidden = c.Int("hidden_size");
        int layers = (int)c.Int("num_layers", 1);
        bool both = c.Text("direction") == "bidirectional";
        bool bias = c.Int("bias", 1) != 0;
        bool sequences = c.Int("return_sequences", 1) != 0;
        bool hard = c.Text("recurrent_activation") == "hard_sigmoid";
        string gates = hard ? "hard_sigmoid" : "sigmoid";
        bool square = c.Has("kernel_size") && c.Int("kernel_size") > 0;
        return c.Op switch
        {
            "LSTM" when c.Int("proj_size") > 0 => new ProjectedLSTM(hidden, c.Int("proj_size"), layers) { Bias = bias },
            "KerasMaskingLSTM" => Keras(c, new LSTM(c.Int("units")) { Skip = c.Number("mask_value") }, [0, 1, 2, 3]),
            "LSTM" => new LSTM(hidden, layers, both) { Bias = bias },
            "GRU" => new GRU(hidden, layers, both) { Bias = bias },
            "RNN" => new RNN(hidden, layers, both, relu: c.Text("nonlinearity") == "relu") { Bias = bias },
            "LSTMPeephole" when !c.Inputs.ContainsKey("h0") => new LayerCase(new LSTM(hidden) { Peepholes = true }, ["X"], ("weight_ih_l0", "W"), ("weight_hh_l0", "R"), ("bias_ih_l0", "B"), ("weight_peephole_l0", "P"))
            {
                Values = (x, name) => name == "bias_hh_l0" ? new float[4 * hidden] : null,
            },
            "KerasLSTM" => Keras(c, new LSTM(c.Int("units"), sequences: sequences) { Activation = c.Text("activation", "tanh"), GateActivation = gates, Backwards = c.Int("go_backwards") != 0 }, [0, 1, 2, 3]),
            "KerasGRU" => Keras(c, new GRU(c.Int("units"), sequences: sequences) { ResetAfter = c.Int("reset_after") != 0, GateActivation = gates }, [1, 0, 2]),
            "KerasSimpleRNN" => Keras(c, new RNN(c.Int("units"), sequences: sequences, relu: c.Text("activation") == "relu"), [0]),
            "ConvLSTM2D" => new LayerCase(new ConvLSTM2d(c.Int("filters"), square ? c.Int("kernel_size") : Two(Longs(c, "kernel_size")), c.Int("strides", 1), sequences)
            { Same = c.Text("padding") == "same", HardGates = hard, Bias = c.Int("use_bias", 1) != 0 }, null, ("weight_ih", "kernel"), ("weight_hh", "recurrent_kernel"), ("bias", "bias")),
            "ConvLSTMPeephole" => new LayerCase(new ConvLSTM2d(c.Int("filters"), c.Int("kernel_size"), peepholes: true), null, ("weight_ih", "W"), ("weight_hh", "R"), ("bias", "B"), ("weight_peephole", "P")),
            _ => null,
        };
    }

    /// <summary>Keras' weights: kernels (in, gates units), one bias or two; its gates in this library's order.</summary>
    private static LayerCase? Keras(GoldenCase c, Module layer, int[] order)
    {
        if (c.Int("go_backwards") != 0 && c.Int("return_sequences", 1) != 0)
        {
            return null; // Keras leaves the steps turned round
        }

        int units = (int)c.Int("units");
        float[] Blocks(float[] v, int width) => [.. order.SelectMany(o => v.AsSpan(o * units * width, units * width).ToArray())];
        return new LayerCase(layer)
        {
            Values = (x, name) =>
            {
                GoldenTensor bias = x.Params["bias"];
                bool two = bias.Shape.Length == 2;
                int gates = order.Length * units;
                return name switch
                {
                    "weight_ih_l0" => Blocks(Transposed(x.Params["kernel"]), (int)x.Params["kernel"].Shape[0]),
                    "weight_hh_l0" => Blocks(Transposed(x.Params["recurrent_kernel"]), units),
                    "bias_ih_l0" => Blocks(bias.Floats()[..gates], 1),
                    _ => two ? Blocks(bias.Floats()[gates..], 1) : new float[gates],
                };
            },
        };
    }

    private static LayerCase? Attention(GoldenCase c)
    {
        switch (c.Op)
        {
            case "MultiheadAttention":
                return new MultiheadAttention(c.Int("num_heads"), c.Int("causal") != 0, c.Int("bias") != 0) { LearnedKey = c.Int("add_bias_kv") != 0, ZeroKey = c.Int("add_zero_attn") != 0 };
            case "TransformerEncoderLayer":
                return new TransformerEncoderLayer(c.Int("nhead"), c.Int("dim_feedforward"), c.Text("activation"), c.Int("norm_first") != 0, c.Int("causal") != 0) { Epsilon = c.Number("layer_norm_eps", 1e-5) };
            case "TransformerDecoderLayer":
                return new TransformerDecoderLayer(c.Int("nhead"), c.Int("dim_feedforward"), c.Text("activation"), c.Int("norm_first") != 0, c.Int("causal") != 0) { Epsilon = c.Number("layer_norm_eps", 1e-5) };
            case "PositionalEncoding":
                return new PositionalEncoding(c.Text("kind") == "concat", c.Number("base"));
            case "RotaryEmbedding":
                return new RotaryEmbedding(c.Int("interleaved") != 0, c.Number("base"));
            case "LearnedPositionalEmbedding":
                return new LearnedPositions(c.Params["W"].Shape[0]);
            case "AdditiveAttention":
                return new LayerCase(new AdditiveAttention(c.Params["v"].Count), ["query", "key"], ("query.weight", "Wq"), ("key.weight", "Wk"), ("score", "v"));
            case "BertEmbeddings":
                return new LayerCase(new BertEmbeddings(c.Params["word"].Shape[0], c.Params["word"].Shape[1], c.Params["position"].Shape[0], c.Params["token_type"].Shape[0], epsilon: c.Number("epsilon")), ["ids", "types"],
                    ("word_embeddings.weight", "word"), ("position_embeddings.weight", "position"), ("token_type_embeddings.weight", "token_type"), ("LayerNorm.weight", "gamma"), ("LayerNorm.bias", "beta"));
            default:
                return null;
        }
    }

    private static long[] Longs(GoldenCase c, string attribute) => [.. c.Attr(attribute).EnumerateArray().Select(e => e.GetInt64())];

    private static Size2 Two(long[] v) => (v[0], v[1]);

    private static Size3 Three(long[] v) => (v[0], v[1], v[2]);

    private static bool NotRows(GoldenCase c) => c.Int("axis") != 0 && c.Int("axis") != -c.Inputs["X"].Shape.Length;

    private static bool Symmetric(GoldenCase c)
    {
        long[] pads = c.Has("pads") ? Longs(c, "pads") : [];
        return c.Has("pads") && pads.AsSpan(0, pads.Length / 2).SequenceEqual(pads.AsSpan(pads.Length / 2));
    }

    private static float[,] Kernel(GoldenCase c)
    {
        GoldenTensor k = c.Inputs["kernel"];
        var kernel = new float[k.Shape[0], k.Shape[1]];
        for (int i = 0; i < k.Count; i++)
        {
            kernel[i / k.Shape[1], i % k.Shape[1]] = k.Floats()[i];
        }

        return kernel;
    }

    private static float[] Transposed(GoldenTensor t)
    {
        float[] v = t.Floats();
        (long rows, long columns) = (t.Shape[0], t.Shape[1]);
        var turned = new float[v.Length];
        for (int i = 0; i < v.Length; i++)
        {
            turned[(i % columns * rows) + (i / columns)] = v[i];
        }

        return turned;
    }
}
