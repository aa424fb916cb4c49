using YarnDL.Tensors;
using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Attention and the layers made of it.</summary>
internal static class AttentionRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
    };

    /// <summary>Layer normalisation over the last axis.</summary>
    public static Value Norm(GraphBuilder g, Value x, Value scale, Value bias, double epsilon)
    {
        Value Mean(Value v) => g.Add("ReduceMean", v, g.Constant([-1L]), ("keepdims", 1));
        Value centred = g.Add("Sub", x, Mean(x));
        Value variance = g.Add("Add", Mean(g.Add("Mul", centred, centred)), g.Constant((float)epsilon));
        return g.Add("Add", g.Add("Mul", g.Add("Div", centred, g.Add("Sqrt", variance)), scale), bias);
    }
}
