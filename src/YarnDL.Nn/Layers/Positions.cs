using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>What layers do at every position of (N, .., C).</summary>
internal static class Positions
{
    /// <summary>x Wᵀ + b at every position of x (N, .., C).</summary>
    public static Value Linear(GraphBuilder g, Value x, Value weight, Value? bias)
    {
        int rank = x.Shape.Rank;
        Value flat = rank == 2 ? x : g.Add("Reshape", x, g.Constant([-1L, x.Shape[^1].Factor]));
        Value y = g.Add("Gemm", bias is null ? [flat, weight] : [flat, weight, bias], new Attributes(("transB", 1)));
        if (rank == 2)
        {
            return y;
        }

        var shape = new long[rank];
        shape[0] = -1;
        for (int i = 1; i < rank - 1; i++)
        {
            shape[i] = x.Shape[i].Factor;
        }

        shape[^1] = weight.Shape[0].Factor;
        return g.Add("Reshape", y, g.Constant(shape));
    }
}
