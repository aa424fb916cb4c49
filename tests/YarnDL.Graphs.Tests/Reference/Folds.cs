namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Reductions over axes and sums along them.</summary>
internal static class Folds
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["ReduceMin"] = Over((n, v) => Lines.Min(v)),
        ["ReduceL1"] = Over((n, v) => v.Sum(Math.Abs)),
        ["ReduceL2"] = Over((n, v) => Math.Sqrt(v.Sum(x => x * x))),
        ["ReduceSumSquare"] = Over((n, v) => v.Sum(x => x * x)),
        ["ReduceLogSum"] = Over((n, v) => Math.Log(v.Sum())),
        ["ReduceLogSumExp"] = Over((n, v) => Lines.LogSumExp(v)),
        ["ReduceProd"] = Over((n, v) => v.Aggregate(1.0, (a, b) => a * b)),
        ["ReduceVar"] = Over(Variance),
        ["ReduceStd"] = Over((n, v) => Math.Sqrt(Variance(n, v))),
        ["CumSum"] = (n, x, s) =>
        {
            int axis = (int)x[1]!.Data[0];
            bool reverse = n.Attributes.Int("reverse") != 0;
            long skip = n.Attributes.Int("exclusive");
            return Lines.Along(x[0]!, axis < 0 ? axis + x[0]!.Rank : axis, v => [.. v.Select((_, to) => v.Where((_, from) => reverse ? from - to >= skip : to - from >= skip).Sum())]);
        },
    };

    private static Rule Over(Func<Node, List<double>, double> fold) => (n, x, s) => Lines.Reduce(x[0]!, Lines.Axes(n, x), s[0], v => fold(n, v));

    private static double Variance(Node n, List<double> v) => v.Sum(x => (x - v.Average()) * (x - v.Average())) / (v.Count - n.Attributes.Int("correction"));
}
