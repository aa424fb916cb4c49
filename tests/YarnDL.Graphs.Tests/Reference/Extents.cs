namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, long[]?[], long[][]>;

/// <summary>
/// The extents of the results, from the extents of the inputs and the attributes alone, of rows whose formula takes the shape that the node states.
/// A result whose length depends on data is stated by its bound.
/// </summary>
internal static class Extents
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["ArgMax"] = Place,
        ["ArgMin"] = Place,
        ["Conv"] = (n, x) => [Slid(n, x[0]!, x[1]![0], x[1]![2..])],
        ["FusedConv"] = (n, x) => [Slid(n, x[0]!, x[1]![0], x[1]![2..])],
        ["MaxPool"] = Pooled,
        ["MaxPoolIndices"] = Pooled,
        ["MaxPoolWithIndices"] = (n, x) => [.. Pooled(n, x), .. Pooled(n, x)],
        ["AveragePool"] = Pooled,
        ["AveragePoolGrad"] = Of(1),
        ["SumPool"] = Pooled,
        ["LpPool"] = Pooled,
        ["GridSampleGrad"] = Of(1, 2),
        ["MaxRoiPoolGrad"] = Of(1),
        ["CompressGrad"] = Of(1),
        ["Compress"] = (n, x) => n.Attributes.Has("axis") ? [[.. x[0]!.Select((d, a) => a == Lines.Axis(n, x[0]!.Length) ? x[1]![0] : d)]] : [x[1]!],
        ["NonZero"] = (n, x) => [[x[0]!.Length, Count(x[0]!)]],
        ["NonMaxSuppression"] = (n, x) => [[Count(x[1]!), 3]],
        ["Unique"] = (n, x) => [.. Enumerable.Repeat<long[]>([Count(x[0]!)], 4)],
        ["DynamicQuantizeLinear"] = (n, x) => [x[0]!, [], []],
        ["Size"] = (n, x) => [[]],
        ["SliceGrad"] = Of(1),
        ["RoiAlignGrad"] = Of(1),
        ["RandomMask"] = (n, x) => [n.Attributes.Int("channels") != 0 ? [.. x[0]!.Select((d, a) => a < 2 ? d : 1)] : x[0]!],
        ["RandomNormal"] = Of(0),
        ["RandomUniform"] = Of(0),
        ["SegmentCount"] = (n, x) => [[x[0]![0], 1]],
        ["SumOverSegments"] = (n, x) => [x[0]![1..]],
        ["RNNGrad"] = (n, x) => [Steps(x, x[2]![1]), [0], Steps(x, x[2]![2]), Last(x)],
        ["GRUGrad"] = (n, x) => [Steps(x, x[2]![1]), Linear(n) ? Steps(x, x[2]![1]) : [0], Steps(x, x[2]![2]), Last(x), .. Linear(n) ? [] : new[] { Steps(x, x[2]![2]) }],
        ["LSTMGrad"] = (n, x) => [Steps(x, x[2]![1]), [0], Steps(x, x[2]![2]), Last(x), Last(x), Steps(x, x[2]![2]), Steps(x, x[2]![2])],
    };

    private static Rule Of(params int[] inputs) => (n, x) => [.. inputs.Select(i => x[i]!)];

    private static long Count(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    private static long[][] Place(Node n, long[]?[] x)
    {
        int axis = Lines.Axis(n, x[0]!.Length);
        return n.Attributes.Int("keepdims") != 0 ? [[.. x[0]!.Select((d, a) => a == axis ? 1 : d)]] : [[.. x[0]!.Where((_, a) => a != axis)]];
    }

    private static long[][] Pooled(Node n, long[]?[] x) => [Slid(n, x[0]!, x[0]![1], n.Attributes.Ints("kernel_shape"))];

    /// <summary>A window for each stride that fits between the borders of the padded input.</summary>
    private static long[] Slid(Node n, long[] x, long channels, long[] kernel)
    {
        long[] strides = Products.PerAxis(n.Attributes, "strides", kernel.Length);
        long[] dilations = Products.PerAxis(n.Attributes, "dilations", kernel.Length);
        string auto = n.Attributes.String("auto_pad");
        long[] pads = auto == "NOTSET" ? n.Attributes.Find<long[]>("pads") ?? new long[2 * kernel.Length] : new long[2 * kernel.Length];
        bool ceil = n.Attributes.Has("ceil_mode") && n.Attributes.Int("ceil_mode") != 0;
        return [x[0], channels, .. kernel.Select((k, a) =>
        {
            if (auto.StartsWith("SAME", StringComparison.Ordinal))
            {
                return (x[a + 2] + strides[a] - 1) / strides[a];
            }

            double room = (double)(x[a + 2] + pads[a] + pads[a + kernel.Length] - (dilations[a] * (k - 1)) - 1) / strides[a];
            long windows = Math.Max(0, (long)(ceil ? Math.Ceiling(room) : Math.Floor(room)) + 1);
            return ceil && (windows - 1) * strides[a] >= x[a + 2] + pads[a] ? windows - 1 : windows; // none begins behind the input
        })];
    }

    /// <summary>One value of that width for each direction, step and row of a recurrence over X (T, N, I) with R (directions, gates, hidden).</summary>
    private static long[] Steps(long[]?[] x, long width) => [x[2]![0], x[0]![0], x[0]![1], width];

    private static long[] Last(long[]?[] x) => [x[2]![0], x[0]![1], x[2]![2]];

    private static bool Linear(Node n) => n.Attributes.Find<object>("linear_before_reset") is long and not 0;
}
