using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>l1·sum|w| + l2 / 2·sum w², of a parameter (a regulariser) or of a layer's output (a sparsity penalty).</summary>
/// <param name="L1">Weight of the absolute values.</param>
/// <param name="L2">Weight of the squares.</param>
public sealed record Penalty(double L1 = 0, double L2 = 0)
{
    /// <summary>Appends nodes for the penalty, a scalar.</summary>
    public Value Append(GraphBuilder g, Value x)
    {
        Term t = new(g, x);
        Term absolute = t.Abs() * L1;
        Term both = L2 == 0 ? absolute : L1 == 0 ? t.Squared() * (0.5 * L2) : absolute + (t.Squared() * (0.5 * L2));
        return Rows.Sum(g, both.Value);
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
