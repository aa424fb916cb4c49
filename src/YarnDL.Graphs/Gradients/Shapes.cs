namespace YarnDL.Graphs.Gradients;

/// <summary>Changes of shape that gradient rules share.</summary>
internal static class Shapes
{
    /// <summary>The same elements under another shape; at most one extent may depend on the rows.</summary>
    /// <exception cref="GraphException">There are no elements from which the rows could be told.</exception>
    public static Value Reshape(GraphBuilder g, Value x, SymbolicShape shape)
    {
        if (x.Shape.Equals(shape))
        {
            return x;
        }

        var extents = new long[shape.Rank];
        bool empty = false; // ONNX reads an extent of 0 as that of the input, or else as 0 but then knows no -1
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = shape[i].IsFixed ? shape[i].Factor : -1;
            empty |= extents[i] == 0 && !(i < x.Shape.Rank && x.Shape[i] == 0);
        }

        return !empty ? g.Add("Reshape", x, g.Constant(extents))
            : shape.IsFixed ? g.Add("Reshape", x, g.Constant(extents), ("allowzero", 1))
            : throw new GraphException($"input {x.Shape} has no elements, so its rows cannot be found under the shape {shape}; no extent may be 0");
    }

    /// <summary>Swaps the last two axes.</summary>
    public static Value SwapLast(GraphBuilder g, Value x)
    {
        long[] perm = [.. Enumerable.Range(0, x.Shape.Rank).Select(a => (long)a)];
        (perm[^1], perm[^2]) = (perm[^2], perm[^1]);
        return g.Add("Transpose", x, ("perm", perm));
    }
}
