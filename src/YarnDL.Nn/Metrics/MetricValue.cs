namespace YarnDL.Nn;

/// <summary>A mergeable measure: sums (added; none at all counts as zeros) and lists (appended, in row order).</summary>
public sealed record MetricValue(double[] Sums, double[] List)
{
    /// <summary>left before right: merging follows the shard tree.</summary>
    public static MetricValue Merge(MetricValue left, MetricValue right)
    {
        if (left.Sums.Length == 0 || right.Sums.Length == 0)
        {
            return new([.. left.Sums, .. right.Sums], [.. left.List, .. right.List]);
        }

        if (left.Sums.Length != right.Sums.Length)
        {
            throw new ArgumentException($"[metric] {left.Sums.Length} sums cannot be merged with {right.Sums.Length}");
        }

        return new([.. left.Sums.Zip(right.Sums, (a, b) => a + b)], [.. left.List, .. right.List]);
    }
}
