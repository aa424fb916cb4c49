namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Activations and element-wise layers under their names in other frameworks.</summary>
internal static class ActivationRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["ReLU6"] = One(x => Limit(x, 0, 6)),
        ["HardTanh"] = One(x => Limit(x, x.Float("min_val"), x.Float("max_val"))),
        ["Clamp"] = One(x => Limit(x, x.Float("min"), x.Float("max"))),
        ["Clip"] = One(x => x.G.Add("Clip", [x["X"], x.Number(x.Float("min")), x.Case.Has("max") ? x.Number(x.Float("max")) : null])),
        ["Softplus"] = One(x => x.Case.Has("beta") ? x.G.Add("Div", x.G.Add("Softplus", x.G.Add("Mul", x["X"], x.Number(x.Float("beta")))), x.Number(x.Float("beta"))) : x.Apply("Softplus", x["X"])),
        ["SoftShrink"] = One(x => x.G.Add("Shrink", x["X"], ("lambd", x.Float("lambd")), ("bias", x.Float("lambd")))),
        ["HardShrink"] = One(x => x.Apply("Shrink", x["X"])),
        ["BinaryThreshold"] = One(x => x.G.Add("Cast", x.G.Add("Greater", x["X"], x.Number(x.Float("threshold"))), ("to", 1))),
        ["SoftMin"] = One(x => x.Apply("Softmax", x.G.Add("Neg", x["X"]))),
        ["AddConstant"] = One(x => x.G.Add("Add", x["X"], x.Number(x.Float("value")))),
        ["MulConstant"] = One(x => x.G.Add("Mul", x["X"], x.Number(x.Float("value")))),
        ["Power"] = One(x => x.G.Add("Pow", x.G.Add("Add", x.G.Add("Mul", x["X"], x.Number(x.Float("scale"))), x.Number(x.Float("shift"))), x.Number(x.Float("power")))),
        ["PRelu"] = One(x => x.G.Add("PRelu", x["X"], Channels(x, x["slope"]))),
        ["RReLU"] = One(x => x.Find("slopes") is { } slopes ? x.G.Add("PRelu", x["X"], slopes)
            : x.G.Add("LeakyRelu", x["X"], ("alpha", (float)((x.Case.Number("lower") + x.Case.Number("upper")) / 2)))),
        ["CAdd"] = One(x => x.G.Add("Add", x["X"], x["B"])),
        ["CMul"] = One(x => x.G.Add("Mul", x["X"], x["W"])),
        ["Mul1"] = One(x => x.G.Add("Mul", x["X"], x["W"])),
        ["Scale"] = One(x => x.G.Add("Add", x.G.Add("Mul", x["X"], Channels(x, x["W"])), Channels(x, x["B"]))),
        ["SReLU"] = One(x =>
        {
            Value right = x.G.Add("Add", x["t_right"], x.G.Add("Mul", x["a_right"], x.G.Add("Sub", x["X"], x["t_right"])));
            Value left = x.G.Add("Add", x["t_left"], x.G.Add("Mul", x["a_left"], x.G.Add("Sub", x["X"], x["t_left"])));
            Value low = x.G.Add("Where", [x.G.Add("LessOrEqual", x["X"], x["t_left"]), left, x["X"]]);
            return x.G.Add("Where", [x.G.Add("GreaterOrEqual", x["X"], x["t_right"]), right, low]);
        }),
        ["Highway"] = One(x =>
        {
            Value t = x.G.Add("Sigmoid", Linear(x, x["X"], x["Wt"], x["Bt"]));
            Value h = x.G.Add("Tanh", Linear(x, x["X"], x["Wh"], x["Bh"]));
            return x.G.Add("Add", x.G.Add("Mul", t, h), x.G.Add("Mul", x.G.Add("Sub", x.Number(1), t), x["X"]));
        }),
        ["Maxout"] = One(x =>
        {
            long pool = x.Case.Int("pool");
            long size = x.Case.Int("output_size");
            Value flat = x.G.Add("Reshape", x["W"], x.G.Constant([pool * size, -1]));
            Value all = Linear(x, x["X"], flat, x.G.Add("Reshape", x["B"], x.G.Constant([-1])));
            Value pieces = x.G.Add("Reshape", all, x.G.Constant([-1, pool, size]));
            return x.G.Add("ReduceMax", pieces, x.G.Constant([1L]), ("keepdims", 0));
        }),
        ["Linear"] = One(x => x.G.Add("Add", x.G.Add("MatMul", x["X"], x.G.Add("Transpose", x["W"])), x["B"])),
        ["WeightNormLinear"] = One(x =>
        {
            Value norm = x.G.Add("ReduceL2", x["v"], x.G.Constant([1L]));
            Value w = x.G.Add("Mul", x["v"], x.G.Add("Div", x["g"], norm));
            return x.G.Add("MatMul", x["X"], x.G.Add("Transpose", w));
        }),
    };

    public static Recipe One(Func<LayerGraph, Value> f) => x => Recipes.Y(f(x));

    /// <summary>A vector per channel (axis 1) shaped for broadcasting against X.</summary>
    public static Value Channels(LayerGraph x, Value vector)
    {
        int spatial = x["X"].Shape.Rank - 2;
        return spatial == 0 ? vector : x.G.Add("Reshape", vector, x.G.Constant([-1L, .. Enumerable.Repeat(1L, spatial)]));
    }

    public static Value Linear(LayerGraph x, Value input, Value w, Value b) => x.G.Add("Gemm", [input, w, b], new(("transB", 1)));

    private static Value Limit(LayerGraph x, float min, float max) => x.G.Add("HardTanh", x["X"], ("min", min), ("max", max));
}
