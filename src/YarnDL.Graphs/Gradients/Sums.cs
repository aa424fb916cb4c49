namespace YarnDL.Graphs.Gradients;

/// <summary>Sums that gradient rules share.</summary>
internal static class Sums
{
    /// <summary>Sums the axes along which a value of shape <paramref name="shape"/> was broadcast to the shape of <paramref name="x"/>.</summary>
    public static Value To(GraphBuilder g, Value x, SymbolicShape shape)
    {
        int extra = x.Shape.Rank - shape.Rank;
        var axes = new List<long>();
        for (int a = 0; a < x.Shape.Rank; a++)
        {
            if (a < extra || x.Shape[a] != shape[a - extra])
            {
                axes.Add(a);
            }
        }

        if (axes.Count > 0)
        {
            x = Over(g, x, [.. axes]);
        }

        return x.Shape.Equals(shape) ? x : Shapes.Reshape(g, x, shape);
    }

    /// <summary>Sums over axes, which are kept with extent 1. Rows must lead where they are summed.</summary>
    public static Value Over(GraphBuilder g, Value x, long[] axes)
    {
        int rows = x.Shape.RowAxis;
        if (rows > 0 && axes.Contains(rows))
        {
            var order = new List<long> { rows };
            order.AddRange(Enumerable.Range(0, x.Shape.Rank).Where(a => a != rows).Select(a => (long)a));
            x = g.Add("Transpose", x, ("perm", order.ToArray()));
            Value sum = g.Add("ReduceSum", x, g.Constant([.. axes.Select(a => (long)order.IndexOf(a)).Order()]), ("keepdims", 1));
            return g.Add("Transpose", sum, ("perm", Enumerable.Range(0, order.Count).Select(a => (long)order.IndexOf(a)).ToArray()));
        }

        return g.Add("ReduceSum", x, g.Constant(axes), ("keepdims", 1));
    }
}
