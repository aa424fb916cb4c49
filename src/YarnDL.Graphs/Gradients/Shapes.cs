namespace YarnDL.Graphs.Gradients;

/// <summary>Changes of shape that gradient rules share.</summary>
internal static class Shapes
{
    /// <summary>The same elements under another shape; at most one extent may depend on the rows.</summary>
    public static Value Reshape(GraphBuilder g, Value x, SymbolicShape shape)
    {
        if (x.Shape.Equals(shape))
        {
            return x;
        }

        var extents = new long[shape.Rank];
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = shape[i].IsFixed ? shape[i].Factor : -1;
        }

        return g.Add("Reshape", x, g.Constant(extents));
    }

    /// <summary>Swaps the last two axes.</summary>
    public static Value SwapLast(GraphBuilder g, Value x)
    {
        long[] perm = [.. Enumerable.Range(0, x.Shape.Rank).Select(a => (long)a)];
        (perm[^1], perm[^2]) = (perm[^2], perm[^1]);
        return g.Add("Transpose", x, ("perm", perm));
    }
}
