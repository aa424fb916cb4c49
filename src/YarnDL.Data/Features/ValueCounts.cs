using System.Text.Json.Nodes;

namespace YarnDL.Data.Features;

/// <summary>How often each finite number occurs: exact quantiles and modes, the same for any order and partitioning. One entry per different number. Not thread-safe.</summary>
internal sealed class ValueCounts
{
    private readonly Dictionary<double, long> _counts = [];

    public long Count { get; private set; }

    public void Add(double value, long times = 1)
    {
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, value + 0.0, out _) += times;
        Count += times;
    }

    /// <summary>[[value, count], ...] by rising value.</summary>
    public JsonArray Partial() => new([.. Sorted().Select(v => new JsonArray(v, _counts[v]))]);

    /// <exception cref="InvalidOperationException">Malformed.</exception>
    public void Merge(JsonNode partial)
    {
        foreach (var pair in partial.AsArray())
        {
            Add(pair![0]!.GetValue<double>(), pair[1]!.GetValue<long>());
        }
    }

    /// <summary>The smallest value of rank ceil(p * count) or more, for each p in 0 to 1; at least one value must be there.</summary>
    public double[] Quantiles(params ReadOnlySpan<double> shares)
    {
        double[] values = Sorted();
        var ranks = new long[values.Length];
        long seen = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            ranks[i] = seen += _counts[values[i]];
        }

        var found = new double[shares.Length];
        for (int i = 0; i < found.Length; i++)
        {
            int at = Array.BinarySearch(ranks, Math.Clamp((long)Math.Ceiling(shares[i] * Count), 1, Count));
            found[i] = values[at < 0 ? ~at : at];
        }

        return found;
    }

    /// <summary>The smallest of the most frequent values; at least one value must be there.</summary>
    public double Mode()
    {
        double best = double.NaN;
        long most = 0;
        foreach (double v in Sorted())
        {
            if (_counts[v] > most)
            {
                (best, most) = (v, _counts[v]);
            }
        }

        return best;
    }

    private double[] Sorted()
    {
        double[] values = [.. _counts.Keys];
        Array.Sort(values);
        return values;
    }
}
