using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>l1·sum|w| + l2 / 2·sum w² + entropy·sum w ln w, of a parameter (a regulariser) or of a layer's output (a sparsity penalty).</summary>
/// <param name="L1">Weight of the absolute values.</param>
/// <param name="L2">Weight of the squares.</param>
/// <param name="Entropy">Weight of the negative entropy; only for probabilities.</param>
public sealed record Penalty(double L1 = 0, double L2 = 0, double Entropy = 0)
{
    /// <summary>Appends nodes for the penalty, a scalar.</summary>
    public Value Append(GraphBuilder g, Value x) => Rows.Sum(g, Terms(g, x));

    /// <summary>Appends nodes for the penalty of each element.</summary>
    internal Value Terms(GraphBuilder g, Value x)
    {
        Term t = new(g, x);
        Term? sum = L1 != 0 || (L2 == 0 && Entropy == 0) ? t.Abs() * L1 : null;
        sum = L2 == 0 ? sum : sum is { } s ? s + (t.Squared() * (0.5 * L2)) : t.Squared() * (0.5 * L2);
        sum = Entropy == 0 ? sum : sum is { } e ? e + (t * t.Log() * Entropy) : t * t.Log() * Entropy;
        return sum!.Value.Value;
    }

    /// <summary>Appends nodes for the number of rows, a scalar: what the penalty of an output is divided by.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="column">Any value (N, ...).</param>
    public static Value CountRows(GraphBuilder g, Value column)
    {
        Value rows = Rows.First(g, column, 1);
        return Rows.Sum(g, g.Add("ExpandLike", g.Constant(1f), rows));
    }
}
