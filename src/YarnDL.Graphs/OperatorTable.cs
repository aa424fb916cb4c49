using YarnDL.Graphs.Ops;

namespace YarnDL.Graphs;

/// <summary>Every operator: one line each. Users add their own by <see cref="Register"/>.</summary>
public static class OperatorTable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Operator> ByName = new(StringComparer.Ordinal);

    static OperatorTable()
    {
        foreach (Operator op in BuiltIn())
        {
            ByName.Add(Key(op.Name, op.Domain), op);
        }
    }

    /// <summary>All operators, by name.</summary>
    public static IReadOnlyList<Operator> All
    {
        get
        {
            lock (Gate)
            {
                return [.. ByName.Values.OrderBy(o => o.Name, StringComparer.Ordinal)];
            }
        }
    }

    public static void Register(Operator op)
    {
        lock (Gate)
        {
            if (!ByName.TryAdd(Key(op.Name, op.Domain), op))
            {
                throw new GraphException($"[operators] {Key(op.Name, op.Domain)} is already in the table; choose another name or domain");
            }
        }
    }

    public static Operator? Find(string name, string domain = "")
    {
        lock (Gate)
        {
            return ByName.GetValueOrDefault(Key(name, domain)) ?? (domain.Length == 0 ? ByName.GetValueOrDefault(Key(name, "yarndl")) : null);
        }
    }

    /// <summary>The operator; a name without domain is looked up in ONNX first, then in <c>yarndl</c>.</summary>
    /// <exception cref="GraphException">There is none.</exception>
    public static Operator Get(string name, string domain = "") =>
        Find(name, domain) ?? throw new GraphException($"[operators] there is no operator {Key(name, domain)}");

    private static string Key(string name, string domain) => domain.Length == 0 || domain == "ai.onnx" ? name : $"{domain}.{name}";

    private static IEnumerable<Operator> BuiltIn() =>
    [
        // Math
        new Abs(),
        new Acos(),
        new Acosh(),
        new Add(),
        new And(),
        new ArgMax(),
        new ArgMin(),
        new Asin(),
        new Asinh(),
        new Atan(),
        new Atanh(),
        new Ceil(),
        new Clip(),
        new Cos(),
        new Cosh(),
        new CumSum(),
        new Div(),
        new Einsum(),
        new Equal(),
        new Erf(),
        new Exp(),
        new Expm1(),
        new Floor(),
        new FusedGemm(),
        new Gemm(),
        new GemmOverRows(),
        new Greater(),
        new GreaterOrEqual(),
        new IsInf(),
        new IsNaN(),
        new Less(),
        new LessOrEqual(),
        new Log(),
        new Log1p(),
        new MatMul(),
        new Max(),
        new Mean(),
        new Min(),
        new Mod(),
        new Mul(),
        new Neg(),
        new Not(),
        new Or(),
        new Pow(),
        new Reciprocal(),
        new ReduceL1(),
        new ReduceL2(),
        new ReduceLogSum(),
        new ReduceLogSumExp(),
        new ReduceMax(),
        new ReduceMean(),
        new ReduceMin(),
        new ReduceProd(),
        new ReduceStd(),
        new ReduceSum(),
        new ReduceSumSquare(),
        new ReduceVar(),
        new Round(),
        new Rsqrt(),
        new Sign(),
        new Sin(),
        new Sinh(),
        new Sqrt(),
        new Square(),
        new Sub(),
        new Sum(),
        new Tan(),
        new TopK(),
        new Xor(),

        // Image
        new GridSample(),
        new GridSampleGrad(),
        new MaxRoiPool(),
        new MaxRoiPoolGrad(),
        new NonMaxSuppression(),
        new RoiAlign(),
        new RoiAlignGrad(),

        // NN
        new AdaptiveAveragePool(),
        new AdaptiveMaxPool(),
        new AveragePool(),
        new AveragePoolGrad(),
        new BatchNormalization(),
        new BatchNormalizationTraining(),
        new Celu(),
        new Conv(),
        new ConvGradData(),
        new ConvGradWeights(),
        new ConvTranspose(),
        new Dilation2D(),
        new DivisiveNormalization(),
        new Elu(),
        new EmbeddingBag(),
        new FusedConv(),
        new Gelu(),
        new GlobalAveragePool(),
        new GlobalLpPool(),
        new GlobalMaxPool(),
        new GLU(),
        new GroupNormalization(),
        new Hardmax(),
        new HardSigmoid(),
        new HardSwish(),
        new HardTanh(),
        new InstanceNormalization(),
        new LayerNormalization(),
        new LeakyRelu(),
        new LocallyConnected(),
        new LogSigmoid(),
        new LogSoftmax(),
        new LogSoftmaxGrad(),
        new LpNormalization(),
        new LpPool(),
        new LRN(),
        new MaxPool(),
        new MaxPoolGrad(),
        new MaxPoolIndices(),
        new MaxPoolWithIndices(),
        new MaxUnpool(),
        new MeanVarianceNormalization(),
        new Mish(),
        new PRelu(),
        new Relu(),
        new ReluGrad(),
        new RMSNormalization(),
        new SegmentCount(),
        new SegmentMean(),
        new Selu(),
        new Shrink(),
        new Sigmoid(),
        new SigmoidGrad(),
        new Softmax(),
        new SoftmaxCrossEntropy(),
        new SoftmaxCrossEntropyGrad(),
        new SoftmaxGrad(),
        new Softplus(),
        new Softsign(),
        new SubtractiveNormalization(),
        new SumOverSegments(),
        new SumPool(),
        new Swish(),
        new Tanh(),
        new TanhGrad(),
        new TanhShrink(),
        new Threshold(),
        new ThresholdedRelu(),

        // Quantised
        new DequantizeLinear(),
        new DynamicQuantizeLinear(),
        new MatMulInteger(),
        new QuantizeLinear(),

        // Random
        new AlphaDropout(),
        new Dropout(),
        new GaussianDropout(),
        new GaussianNoise(),
        new GaussianSampler(),
        new KeyedDropout(),
        new RandomAffine(),
        new RandomInput(),
        new RandomMask(),
        new RandomNormal(),
        new RandomUniform(),
        new RRelu(),

        // RNN
        new ConvLSTM(),
        new GRU(),
        new GRUGrad(),
        new LSTM(),
        new LSTMGrad(),
        new RNN(),
        new RNNGrad(),

        // Tensor
        new AffineGrid(),
        new BitCast(),
        new Cast(),
        new CastLike(),
        new CenterCropPad(),
        new Col2Im(),
        new Compress(),
        new CompressGrad(),
        new Concat(),
        new ConstantOfShape(),
        new DepthToSpace(),
        new Embedding(),
        new Expand(),
        new ExpandLike(),
        new EyeLike(),
        new Flatten(),
        new Gather(),
        new GatherElements(),
        new GatherGrad(),
        new GatherND(),
        new GatherNDGrad(),
        new GradientScale(),
        new Identity(),
        new Im2Col(),
        new NonZero(),
        new OneHot(),
        new Pad(),
        new Pick(),
        new PickGrad(),
        new RangeOf(),
        new Reshape(),
        new Resize(),
        new ReverseSequence(),
        new ScatterElements(),
        new ScatterND(),
        new ShapeOf(),
        new Size(),
        new Slice(),
        new SliceGrad(),
        new SpaceToDepth(),
        new Split(),
        new Squeeze(),
        new Tile(),
        new Transpose(),
        new Trilu(),
        new Unique(),
        new Unsqueeze(),
        new Where(),
    ];
}
