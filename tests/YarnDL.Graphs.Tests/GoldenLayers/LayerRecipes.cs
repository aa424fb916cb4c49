using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Layers of other frameworks, or with attributes that the operators do not have, said in operators.</summary>
internal static class LayerRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["ReduceVar"] = One(x => Spread(x, "ReduceVar")),
        ["ReduceStd"] = One(x => Spread(x, "ReduceStd")),
        ["Dropout"] = One(x => x.Find("mask") is { } mask ? Kept(x, mask) : x.G.Add("Identity", x["X"])),
        ["SpatialDropout1D"] = One(x => Kept(x, x["mask"])),
        ["SpatialDropout2D"] = One(x => Kept(x, x["mask"])),
        ["SpatialDropout3D"] = One(x => Kept(x, x["mask"])),
        ["GaussianDropout"] = One(x => x.G.Add("Mul", x["X"], x["noise"])),
        ["GaussianNoise"] = One(x => x.G.Add("Add", x["X"], x["noise"])),
        ["GaussianSampler"] = One(x => x.G.Add("Add", x["mean"], x.G.Add("Mul", x["eps"], x.G.Add("Exp", x.G.Add("Mul", x["log_var"], x.Number(0.5)))))),
        ["AlphaDropout"] = One(x =>
        {
            const double Low = -1.7580993408473766;
            double q = 1 - x.Case.Number("ratio");
            double scale = 1 / Math.Sqrt(q + (Low * Low * q * (1 - q)));
            Value dropped = x.G.Add("Mul", x.G.Add("Sub", x.Number(1), x["mask"]), x.Number(Low));
            Value mixed = x.G.Add("Add", x.G.Add("Mul", x["X"], x["mask"]), dropped);
            return x.G.Add("Add", x.G.Add("Mul", mixed, x.Number(scale)), x.Number(-scale * (1 - q) * Low));
        }),
    };

    private static Value Spread(LayerGraph x, string op) =>
        x.G.Add(op, x["X"], x.G.Constant(x.Longs("axes")), ("keepdims", 0), ("correction", x.Case.Int("correction")));

    private static Value Kept(LayerGraph x, Value mask) => x.G.Add("Mul", x["X"], x.G.Add("Mul", mask, x.Number(1 / (1 - x.Case.Number("ratio")))));
}
