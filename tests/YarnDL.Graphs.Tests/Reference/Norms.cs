namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Normalisations by their definitions; rows are one segment.</summary>
internal static class Norms
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["LayerNormalization"] = (n, x, s) => Affine(Group(n, x[0]!, i => Head(i, Lines.Axis(n, i.Length))), x, i => [.. i.Skip(Lines.Axis(n, i.Length))]),
        ["InstanceNormalization"] = (n, x, s) => Affine(Group(n, x[0]!, i => Head(i, 2)), x, i => [i[1]]),
        ["GroupNormalization"] = (n, x, s) => Affine(Group(n, x[0]!, i => $"{i[0]},{i[1] / (x[0]!.Shape[1] / n.Attributes.Int("num_groups"))}"), x, i => [i[1]]),
        ["RMSNormalization"] = (n, x, s) =>
        {
            int axis = Lines.Axis(n, x[0]!.Rank);
            return [Operators.Fill(s[0], i => x[0]![i] / Math.Sqrt(Line(x[0]!, axis, i).Average(v => v * v) + n.Attributes.Float("epsilon")) * x[1]![[.. i.Skip(axis)]])];
        },
        ["LRN"] = (n, x, s) => [Operators.Fill(s[0], i =>
        {
            long size = n.Attributes.Int("size");
            double sum = 0;
            for (long c = Math.Max(0, i[1] - ((size - 1) / 2)); c <= Math.Min(s[0][1] - 1, i[1] + (size / 2)); c++)
            {
                double v = x[0]![[i[0], c, .. i.Skip(2)]];
                sum += v * v;
            }

            return x[0]![i] / Math.Pow(n.Attributes.Float("bias") + (n.Attributes.Float("alpha") / size * sum), n.Attributes.Float("beta"));
        })],
        ["LpNormalization"] = (n, x, s) => Lines.Along(x[0]!, Lines.Axis(n, x[0]!.Rank), v => [.. v.Select(e => e / (n.Attributes.Int("p") == 1 ? v.Sum(Math.Abs) : Math.Sqrt(v.Sum(k => k * k))))]),
        ["BatchNormalization"] = (n, x, s) => [Operators.Fill(s[0], i =>
            ((x[0]![i] - x[3]![i[1]]) / Math.Sqrt(x[4]![i[1]] + n.Attributes.Float("epsilon")) * x[1]![i[1]]) + x[2]![i[1]])],
        ["BatchNormalizationTraining"] = (n, x, s) =>
        {
            Array64 y = Affine(Group(n, x[0]!, i => $"{i[1]}"), x, i => [i[1]])[0];
            double momentum = n.Attributes.Float("momentum");
            if (x[0]!.Shape[0] == 0)
            {
                return [y, Array64.Zeros(s[0][1]), Array64.Zeros(s[0][1])];
            }

            double[][] channels = [.. Enumerable.Range(0, (int)s[0][1]).Select(c => x[0]!.Indices().Where(i => i[1] == c).Select(i => x[0]![i]).ToArray())];
            Array64 mean = new([s[0][1]], [.. channels.Select((v, c) => (momentum * x[3]![c]) + ((1 - momentum) * Average(v)))]);
            Array64 variance = new([s[0][1]], [.. channels.Select((v, c) => v.Length == 1 ? x[4]![c]
                : (momentum * x[4]![c]) + ((1 - momentum) * v.Sum(e => (e - v.Average()) * (e - v.Average())) / (v.Length - 1)))]);
            return [y, mean, variance];
        },
        ["SegmentMean"] = (n, x, s) => [Operators.Fill(s[0], i => x[0]!.Shape[0] == 0 ? 0 : Average(x[0]!.Indices().Where(k => k[1] == i[1]).Select(k => x[0]![k])))],
        ["SegmentCount"] = (n, x, s) => [Operators.Fill(s[0], i => x[0]!.Shape.Where((_, a) => a != 1).Aggregate(1L, (a, b) => a * b))],
        ["SumOverSegments"] = (n, x, s) => [Operators.Fill(s[0], i => x[0]!.Shape[0] == 0 ? 0 : x[0]![[0, .. i]])],
    };

    /// <summary>The mean; NaN of nothing.</summary>
    private static double Average(IEnumerable<double> v) => v.DefaultIfEmpty(double.NaN).Average();

    private static Array64 Group(Node n, Array64 x, Func<long[], string> key)
    {
        var groups = x.Indices().GroupBy(key).ToDictionary(g => g.Key, g =>
        {
            double mean = g.Average(i => x[i]);
            return (Mean: mean, Scale: Math.Sqrt(g.Average(i => (x[i] - mean) * (x[i] - mean)) + n.Attributes.Float("epsilon")));
        });
        return Operators.Fill(x.Shape, i => (x[i] - groups[key(i)].Mean) / groups[key(i)].Scale);
    }

    private static Array64[] Affine(Array64 y, Array64?[] x, Func<long[], long[]> at) =>
        [Operators.Fill(y.Shape, i => (y[i] * (x.Length > 1 && x[1] is { } scale ? scale[at(i)] : 1)) + (x.Length > 2 && x[2] is { } bias ? bias[at(i)] : 0))];

    private static string Head(long[] index, int count) => string.Join(",", index.Take(count));

    private static IEnumerable<double> Line(Array64 x, int axis, long[] index) => x.Indices().Where(i => i.Take(axis).SequenceEqual(index.Take(axis))).Select(i => x[i]);
}
