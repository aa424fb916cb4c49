namespace YarnDL.Graphs.Gradients;

/// <summary>Matrix products that gradient rules share.</summary>
internal static class Products
{
    /// <summary>alpha op(A) op(B) of matrices; where the contracted axis runs over rows it is a sum over rows, segment by segment.</summary>
    public static Value Multiply(GraphBuilder g, Value a, bool transA, Value b, bool transB, float alpha = 1)
    {
        Dim contracted = a.Shape[transA ? 0 : 1];
        if (!contracted.IsRows)
        {
            return g.Add("Gemm", [a, b], new Attributes(("alpha", alpha), ("transA", transA), ("transB", transB)));
        }

        // The factor goes in before the sum: a factor on partial sums would round once per process.
        a = alpha == 1 ? a : g.Add("Mul", a, g.Constant(alpha));
        return g.Add("GemmOverRows", transA ? a : Shapes.SwapLast(g, a), transB ? Shapes.SwapLast(g, b) : b);
    }

    /// <summary>A value of any rank as a matrix whose columns are its last axis, rows first so that positions of a row lie together.</summary>
    public static Value AsMatrix(GraphBuilder g, Value x)
    {
        int rows = x.Shape.RowAxis;
        if (rows > 0 && rows < x.Shape.Rank - 1)
        {
            var perm = new List<long> { rows };
            for (int a = 0; a < x.Shape.Rank; a++)
            {
                if (a != rows)
                {
                    perm.Add(a);
                }
            }

            x = g.Add("Transpose", x, ("perm", perm.ToArray()));
        }

        return x.Shape.Rank == 2 ? x : g.Add("Reshape", x, g.Constant([-1, x.Shape[^1].Factor]));
    }
}
