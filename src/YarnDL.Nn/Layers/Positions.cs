using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>What layers do at every position of (N, T, C).</summary>
internal static class Positions
{
    /// <summary>x Wᵀ + b at every position.</summary>
    public static Value Linear(GraphBuilder g, Value x, Value weight, Value? bias)
    {
        Value flat = g.Add("Reshape", x, g.Constant([-1L, x.Shape[2].Factor]));
        Value y = g.Add("Gemm", bias is null ? [flat, weight] : [flat, weight, bias], new Attributes(("transB", 1)));
        return g.Add("Reshape", y, g.Constant([-1L, x.Shape[1].Factor, weight.Shape[0].Factor]));
    }

    /// <summary>(x - mean) / sqrt(variance + epsilon) over the features of every position, times scale plus bias.</summary>
    public static Value Normalise(GraphBuilder g, Value x, Value scale, Value bias, double epsilon)
    {
        Value Mean(Value v) => g.Add("ReduceMean", v, g.Constant([-1L]), ("keepdims", 1));
        Value centred = g.Add("Sub", x, Mean(x));
        Value deviation = g.Add("Sqrt", g.Add("Add", Mean(g.Add("Mul", centred, centred)), g.Constant((float)epsilon)));
        return g.Add("Add", g.Add("Mul", g.Add("Div", centred, deviation), scale), bias);
    }
}
