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
        new Add(),
        new ArgMax(),
        new Div(),
        new Equal(),
        new Exp(),
        new FusedGemm(),
        new Gemm(),
        new GemmOverRows(),
        new Greater(),
        new GreaterOrEqual(),
        new Less(),
        new LessOrEqual(),
        new Log(),
        new MatMul(),
        new Max(),
        new Min(),
        new Mul(),
        new Neg(),
        new Pow(),
        new Reciprocal(),
        new ReduceMax(),
        new ReduceMean(),
        new ReduceSum(),
        new Sign(),
        new Sqrt(),
        new Sub(),

        // NN
        new AveragePool(),
        new AveragePoolGrad(),
        new Conv(),
        new ConvGradData(),
        new ConvGradWeights(),
        new FusedConv(),
        new GlobalAveragePool(),
        new LogSoftmax(),
        new LogSoftmaxGrad(),
        new MaxPool(),
        new MaxPoolGrad(),
        new MaxPoolIndices(),
        new MaxPoolWithIndices(),
        new Relu(),
        new ReluGrad(),
        new Sigmoid(),
        new SigmoidGrad(),
        new Softmax(),
        new SoftmaxCrossEntropy(),
        new SoftmaxCrossEntropyGrad(),
        new SoftmaxGrad(),
        new Tanh(),
        new TanhGrad(),

        // Tensor
        new Cast(),
        new Concat(),
        new Expand(),
        new ExpandLike(),
        new Flatten(),
        new Gather(),
        new Identity(),
        new Reshape(),
        new ShapeOf(),
        new Slice(),
        new SliceGrad(),
        new Squeeze(),
        new Transpose(),
        new Unsqueeze(),
        new Where(),
    ];
}
