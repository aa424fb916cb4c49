namespace YarnDL.Graphs.Ops.Families;

/// <summary>ONNX multidirectional broadcasting: shapes are aligned at their last axes; extents are equal or 1.</summary>
public static class BroadcastRule
{
    /// <summary>The shape that two values have together.</summary>
    public static SymbolicShape Join(InferContext c, SymbolicShape a, SymbolicShape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        var dims = new Dim[rank];
        for (int i = 0; i < rank; i++)
        {
            Dim x = i < rank - a.Rank ? 1 : a[i - rank + a.Rank];
            Dim y = i < rank - b.Rank ? 1 : b[i - rank + b.Rank];
            dims[i] = x == y || y == 1 ? x : x == 1 ? y
                : throw c.Error($"shapes {a} and {b} do not broadcast: {x} against {y}", "extents, aligned at the last axis, must be equal or 1");
        }

        return new SymbolicShape(dims);
    }
}
