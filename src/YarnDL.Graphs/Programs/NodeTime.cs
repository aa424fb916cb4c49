namespace YarnDL.Graphs.Programs;

/// <summary>Time spent in one node over all runs of a program, with its floating point operations in all of them.</summary>
public sealed record NodeTime(string Node, string Operator, double Seconds, long Runs, double Flops)
{
    /// <summary>Times of several programs of one graph, added up by node; slowest first.</summary>
    public static IReadOnlyList<NodeTime> Merge(IEnumerable<NodeTime> times) =>
        [.. times.GroupBy(static t => (t.Node, t.Operator))
            .Select(static g => new NodeTime(g.Key.Node, g.Key.Operator, g.Sum(static t => t.Seconds), g.Sum(static t => t.Runs), g.Sum(static t => t.Flops)))
            .OrderByDescending(static t => t.Seconds).ThenBy(static t => t.Node, StringComparer.Ordinal)];
}
