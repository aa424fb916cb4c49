using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>What losses append for sums and weights over rows.</summary>
internal static class Rows
{
    /// <summary>The sum of all elements, a scalar.</summary>
    public static Value Sum(GraphBuilder g, Value x) => g.Add("ReduceSum", x, ("keepdims", 0));

    /// <summary>The first place of every axis from <paramref name="axis"/> on, those axes gone: a value of any type that is there once per row or position.</summary>
    public static Value First(GraphBuilder g, Value x, int axis)
    {
        int gone = x.Shape.Rank - axis;
        if (gone <= 0)
        {
            return x;
        }

        var axes = new long[gone];
        var ends = new long[gone];
        for (int i = 0; i < gone; i++)
        {
            (axes[i], ends[i]) = (axis + i, 1);
        }

        return g.Add("Squeeze", g.Add("Slice", [x, g.Constant(new long[gone]), g.Constant(ends), g.Constant(axes)]), g.Constant(axes));
    }

    /// <summary>Weights (N) shaped to broadcast over <paramref name="like"/> (N, ...).</summary>
    /// <exception cref="GraphException">There is not one weight per row.</exception>
    public static Value Weights(GraphBuilder g, Value rowWeight, Value like)
    {
        if (rowWeight.Shape.RowAxis != 0 || rowWeight.Shape.At(1).ElementCount != 1)
        {
            throw new GraphException($"[loss] row weights have shape {rowWeight.Shape}; they must be (N), one per row");
        }

        int missing = like.Shape.Rank - rowWeight.Shape.Rank;
        if (missing <= 0)
        {
            return rowWeight;
        }

        var axes = new long[missing];
        for (int i = 0; i < missing; i++)
        {
            axes[i] = rowWeight.Shape.Rank + i;
        }

        return g.Add("Unsqueeze", rowWeight, g.Constant(axes));
    }
}
