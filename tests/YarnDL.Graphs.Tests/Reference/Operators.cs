namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>The plain formula of every operator.</summary>
internal static class Operators
{
    public static IReadOnlyDictionary<string, Rule> All => s_all ??= Join(Basic, Functions.All, Folds.All, Norms.All, Places.All, Pools.More, Noise.All, Windows.All, Further.All, Regions.All, Findings.All);

    private static IReadOnlyDictionary<string, Rule>? s_all;

    private static IReadOnlyDictionary<string, Rule> Basic { get; } = new Dictionary<string, Rule>
    {
        ["Neg"] = Map(x => -x),
        ["Abs"] = Map(Math.Abs),
        ["Sign"] = Map(x => double.IsNaN(x) ? x : Math.Sign(x)),
        ["Sqrt"] = Map(Math.Sqrt),
        ["Exp"] = Map(Math.Exp),
        ["Log"] = Map(Math.Log),
        ["Reciprocal"] = Map(x => 1 / x),
        ["Relu"] = Map(Activate("Relu")),
        ["Tanh"] = Map(Math.Tanh),
        ["Sigmoid"] = Map(Activate("Sigmoid")),
        ["Add"] = Zip((a, b) => a + b),
        ["Sub"] = Zip((a, b) => a - b),
        ["Mul"] = Zip((a, b) => a * b),
        ["Div"] = Zip((a, b) => a / b),
        ["Pow"] = Zip(Math.Pow),
        ["Max"] = Zip(Math.Max),
        ["Min"] = Zip(Math.Min),
        ["Equal"] = Zip((a, b) => a == b ? 1 : 0),
        ["Greater"] = Zip((a, b) => a > b ? 1 : 0),
        ["Less"] = Zip((a, b) => a < b ? 1 : 0),
        ["GreaterOrEqual"] = Zip((a, b) => a >= b ? 1 : 0),
        ["LessOrEqual"] = Zip((a, b) => a <= b ? 1 : 0),
        ["ReluGrad"] = Zip((dy, y) => y > 0 ? dy : 0),
        ["TanhGrad"] = Zip((dy, y) => dy * (1 - (y * y))),
        ["SigmoidGrad"] = Zip((dy, y) => dy * y * (1 - y)),
        ["Where"] = (n, x, s) => [Fill(Broadcast(x), i => x[0]!.Broadcast(i) != 0 ? x[1]!.Broadcast(i) : x[2]!.Broadcast(i))],
        ["Cast"] = (n, x, s) => [new(s[0], Array.ConvertAll(x[0]!.Data, v => n.Attributes.Int("to") switch { 1 => v, 9 => v != 0 ? 1 : 0, _ => double.IsNaN(v) ? 0 : Math.Clamp(Math.Truncate(v), -9223372036854775808.0, 9223372036854775808.0) }))],
        ["Identity"] = Reshaped,
        ["Reshape"] = Reshaped,
        ["Flatten"] = Reshaped,
        ["Squeeze"] = Reshaped,
        ["Unsqueeze"] = Reshaped,
        ["Expand"] = (n, x, s) => [Fill(s[0], x[0]!.Broadcast)],
        ["ExpandLike"] = (n, x, s) => [Fill(x[1]!.Shape, x[0]!.Broadcast)],
        ["Shape"] = (n, x, s) => [new(s[0], [.. x[0]!.Shape.Skip((int)n.Attributes.Int("start")).Take((int)s[0][0]).Select(d => (double)d)])],
        ["Transpose"] = Shaping.Transpose,
        ["Concat"] = Shaping.Concat,
        ["Slice"] = Shaping.Slice,
        ["SliceGrad"] = Shaping.SliceGrad,
        ["Gather"] = Shaping.Gather,
        ["Embedding"] = (n, x, s) => [Fill(s[0], i => x[0]![(long)x[1]![i.AsSpan(0, i.Length - 1)], i[^1]])],
        ["GatherElements"] = Indexing.GatherElements,
        ["GatherGrad"] = Indexing.GatherGrad,
        ["GatherND"] = Indexing.GatherND,
        ["GatherNDGrad"] = Indexing.GatherNDGrad,
        ["OneHot"] = Indexing.OneHot,
        ["ReverseSequence"] = Indexing.ReverseSequence,
        ["ScatterElements"] = Indexing.ScatterElements,
        ["ScatterND"] = Indexing.ScatterND,
        ["Split"] = Indexing.Split,
        ["Tile"] = Indexing.Tile,
        ["TopK"] = Indexing.TopK,
        ["Trilu"] = Indexing.Trilu,
        ["RNN"] = Recurrences.Forward,
        ["GRU"] = Recurrences.Forward,
        ["LSTM"] = Recurrences.Forward,
        ["RNNGrad"] = Recurrences.Backward,
        ["GRUGrad"] = Recurrences.Backward,
        ["LSTMGrad"] = Recurrences.Backward,
        ["Gemm"] = Products.Gemm,
        ["FusedGemm"] = (n, x, s) => Activated(n, Products.Gemm(n, x, s)),
        ["GemmOverRows"] = Products.GemmOverRows,
        ["MatMul"] = Products.MatMul,
        ["Conv"] = Products.Conv,
        ["FusedConv"] = (n, x, s) => Activated(n, Products.Conv(n, x, s)),
        ["ConvGradData"] = Products.ConvGradData,
        ["ConvGradWeights"] = Products.ConvGradWeights,
        ["MaxPool"] = Pools.Max,
        ["MaxPoolIndices"] = (n, x, s) => [Pools.Max(n, x, [s[0], s[0]])[1]],
        ["MaxPoolWithIndices"] = Pools.Max,
        ["MaxPoolGrad"] = Pools.MaxGrad,
        ["AveragePool"] = Pools.Average,
        ["AveragePoolGrad"] = Pools.AverageGrad,
        ["GlobalAveragePool"] = (n, x, s) => Lines.Reduce(x[0]!, [.. Enumerable.Range(2, x[0]!.Rank - 2)], s[0], v => v.Count == 0 ? double.NaN : v.Average()),
        ["ReduceSum"] = (n, x, s) => Lines.Reduce(x[0]!, Lines.Axes(n, x), s[0], v => v.Sum()),
        ["ReduceMean"] = (n, x, s) => Lines.Reduce(x[0]!, Lines.Axes(n, x), s[0], v => v.Count == 0 ? double.NaN : v.Average()),
        ["ReduceMax"] = (n, x, s) => Lines.Reduce(x[0]!, Lines.Axes(n, x), s[0], Lines.Max),
        ["ArgMax"] = (n, x, s) => Lines.Reduce(x[0]!, [Lines.Axis(n, x[0]!.Rank)], s[0], v => Lines.PlaceOf(v, Lines.Max(v))),
        ["ArgMin"] = (n, x, s) => Lines.Reduce(x[0]!, [Lines.Axis(n, x[0]!.Rank)], s[0], v => Lines.PlaceOf(v, Lines.Min(v))),
        ["Softmax"] = (n, x, s) => Lines.Along(x[0]!, Lines.Axis(n, x[0]!.Rank), v => Lines.Softmax(v)),
        ["LogSoftmax"] = (n, x, s) => Lines.Along(x[0]!, Lines.Axis(n, x[0]!.Rank), v => [.. Lines.Softmax(v).Select(p => Math.Log(p))]),
        ["SoftmaxGrad"] = (n, x, s) => Lines.Along2(x[0]!, x[1]!, Lines.Axis(n, x[0]!.Rank), (dy, y) => [.. y.Select((p, i) => p * (dy[i] - y.Zip(dy, (a, b) => a * b).Sum()))]),
        ["LogSoftmaxGrad"] = (n, x, s) => Lines.Along2(x[0]!, x[1]!, Lines.Axis(n, x[0]!.Rank), (dy, y) => [.. dy.Select((d, i) => d - (Math.Exp(y[i]) * dy.Sum()))]),
        ["SoftmaxCrossEntropy"] = Lines.CrossEntropy,
        ["SoftmaxCrossEntropyGrad"] = Lines.CrossEntropyGrad,
    };

    /// <summary>An activation by its operator's name.</summary>
    public static Func<double, double> Activate(string name) => name switch
    {
        "Relu" => x => Math.Max(x, 0),
        "Tanh" => Math.Tanh,
        "Sigmoid" => x => 1 / (1 + Math.Exp(-x)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such activation"),
    };

    /// <summary>A tensor computed index by index.</summary>
    public static Array64 Fill(long[] shape, Func<long[], double> value)
    {
        Array64 y = Array64.Zeros(shape);
        for (int i = 0; i < y.Data.Length; i++)
        {
            y.Data[i] = value(y.IndexOf(i));
        }

        return y;
    }

    private static Dictionary<string, Rule> Join(params IReadOnlyDictionary<string, Rule>[] parts)
    {
        var all = new Dictionary<string, Rule>();
        foreach (IReadOnlyDictionary<string, Rule> part in parts)
        {
            foreach ((string name, Rule rule) in part)
            {
                all.Add(name, rule);
            }
        }

        return all;
    }

    private static Array64[] Activated(Node n, Array64[] y) => [new(y[0].Shape, Array.ConvertAll(y[0].Data, x => Activate(n.Attributes.String("activation"))(x)))];

    public static Rule Map(Func<double, double> f) => (n, x, s) => [new(s[0], Array.ConvertAll(x[0]!.Data, v => f(v)))];

    public static Rule Zip(Func<double, double, double> f) => (n, x, s) => [Fill(Broadcast(x), i => f(x[0]!.Broadcast(i), x[1]!.Broadcast(i)))];

    /// <summary>The shape that several tensors broadcast to.</summary>
    public static long[] Broadcast(IEnumerable<Array64?> tensors)
    {
        long[] shape = [];
        foreach (Array64 x in tensors.OfType<Array64>())
        {
            long[] both = new long[Math.Max(shape.Length, x.Rank)];
            for (int a = 1; a <= both.Length; a++)
            {
                long own = a <= x.Rank ? x.Shape[^a] : 1;
                both[^a] = a <= shape.Length && shape[^a] != 1 ? shape[^a] : own;
            }

            shape = both;
        }

        return shape;
    }

    private static Array64[] Reshaped(Node n, Array64?[] x, long[][] s) => [new(s[0], x[0]!.Data)];
}
