using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>How alike two values are along an axis.</summary>
internal static class Distances
{
    /// <summary>The sum of products over an axis, which goes away.</summary>
    public static Value Dot(GraphBuilder g, Value a, Value b, long axis) => g.Add("ReduceSum", g.Add("Mul", a, b), g.Constant([axis]), ("keepdims", 0));

    /// <summary>The dot product over the product of the lengths, each at least epsilon.</summary>
    public static Value Cosine(GraphBuilder g, Value a, Value b, long axis, double epsilon)
    {
        Value Length(Value v) => g.Add("Max", g.Add("ReduceL2", v, g.Constant([axis]), ("keepdims", 0)), g.Constant((float)epsilon));
        return g.Add("Div", Dot(g, a, b, axis), g.Add("Mul", Length(a), Length(b)));
    }
}
