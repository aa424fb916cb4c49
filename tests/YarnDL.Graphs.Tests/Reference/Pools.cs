namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Poolings, window by window.</summary>
internal static class Pools
{
    public static IReadOnlyDictionary<string, Func<Node, Array64?[], long[][], Array64[]>> More { get; } = new Dictionary<string, Func<Node, Array64?[], long[][], Array64[]>>
    {
        ["SumPool"] = (n, x, s) => [Operators.Fill(s[0], i => Taps(n, x[0]!.Shape, i).Where(t => Inside(t, x[0]!.Shape)).Sum(t => x[0]![t]))],
        ["LpPool"] = (n, x, s) => [Operators.Fill(s[0], i => Power(Taps(n, x[0]!.Shape, i).Where(t => Inside(t, x[0]!.Shape)).Select(t => x[0]![t]), n))],
        ["GlobalLpPool"] = (n, x, s) => Lines.Reduce(x[0]!, [.. Enumerable.Range(2, x[0]!.Rank - 2)], s[0], v => Power(v, n)),
        ["GlobalMaxPool"] = (n, x, s) => Lines.Reduce(x[0]!, [.. Enumerable.Range(2, x[0]!.Rank - 2)], s[0], Lines.Max),
        ["AdaptiveAveragePool"] = (n, x, s) => [Operators.Fill(s[0], i => Cells(x[0]!, i, s[0]).Average())],
        ["AdaptiveMaxPool"] = (n, x, s) => [Operators.Fill(s[0], i => Lines.Max(Cells(x[0]!, i, s[0])))],
        ["ConvTranspose"] = (n, x, s) =>
        {
            Array64 y = Products.ConvGradData(n, x, s)[0];
            return x.Length < 3 ? [y] : [Operators.Fill(s[0], i => y[i] + x[2]![i[1]])];
        },
    };

    private static double Power(IEnumerable<double> v, Node n) => Math.Pow(v.Sum(e => Math.Pow(Math.Abs(e), n.Attributes.Int("p"))), 1.0 / n.Attributes.Int("p"));

    private static IEnumerable<double> Cells(Array64 x, long[] i, long[] y) => x.Indices().Where(k => k[0] == i[0] && k[1] == i[1] && !k.Skip(2).Where((at, a) =>
        at < i[a + 2] * x.Shape[a + 2] / y[a + 2] || at >= Math.Ceiling((i[a + 2] + 1.0) * x.Shape[a + 2] / y[a + 2])).Any()).Select(k => x[k]);

    public static Array64[] Max(Node n, Array64?[] x, long[][] s)
    {
        Array64 y = Array64.Zeros(s[0]);
        Array64 places = Array64.Zeros(s[0]);
        foreach (long[] i in y.Indices())
        {
            double best = double.NegativeInfinity;
            foreach (long[] tap in Taps(n, x[0]!.Shape, i).Where(t => Inside(t, x[0]!.Shape)))
            {
                double value = x[0]![tap];
                if (value > best || (double.IsNaN(value) && !double.IsNaN(best)))
                {
                    best = value;
                    places[i] = tap.Skip(2).Select((k, a) => k * x[0]!.Shape.Skip(a + 3).Aggregate(1L, (p, d) => p * d)).Sum();
                }
            }

            y[i] = best;
        }

        return [y, places];
    }

    public static Array64[] MaxGrad(Node n, Array64?[] x, long[][] s)
    {
        Array64 dx = Array64.Zeros(s[0]);
        long plane = s[0].Skip(2).Aggregate(1L, (p, d) => p * d);
        foreach (long[] i in x[0]!.Indices())
        {
            dx.Data[(((i[0] * s[0][1]) + i[1]) * plane) + (long)x[1]![i]] += x[0]![i];
        }

        return [dx];
    }

    public static Array64[] Average(Node n, Array64?[] x, long[][] s) => [Operators.Fill(s[0], i =>
    {
        long[][] taps = [.. Taps(n, x[0]!.Shape, i)];
        return taps.Where(t => Inside(t, x[0]!.Shape)).Sum(t => x[0]![t]) / Count(n, taps, x[0]!.Shape);
    })];

    public static Array64[] AverageGrad(Node n, Array64?[] x, long[][] s)
    {
        Array64 dx = Array64.Zeros(s[0]);
        foreach (long[] i in x[0]!.Indices())
        {
            long[][] taps = [.. Taps(n, s[0], i)];
            foreach (long[] t in taps.Where(t => Inside(t, s[0])))
            {
                dx[t] += x[0]![i] / Count(n, taps, s[0]);
            }
        }

        return [dx];
    }

    private static int Count(Node n, long[][] taps, long[] x) =>
        n.Attributes.Int("count_include_pad") != 0 ? taps.Length : taps.Count(t => Inside(t, x));

    private static bool Inside(long[] tap, long[] shape) => !tap.Where((k, a) => k < 0 || k >= shape[a]).Any();

    private static IEnumerable<long[]> Taps(Node n, long[] x, long[] y)
    {
        long[] kernel = n.Attributes.Ints("kernel_shape");
        long[] strides = Products.PerAxis(n.Attributes, "strides", kernel.Length);
        long[] dilations = Products.PerAxis(n.Attributes, "dilations", kernel.Length);
        long[] begin = Products.PadBegin(n.Attributes, x[2..], kernel, strides, dilations);
        return Array64.Zeros(kernel).Indices().Select(k => (long[])[y[0], y[1], .. k.Select((t, a) => (y[a + 2] * strides[a]) + (t * dilations[a]) - begin[a])]);
    }
}
