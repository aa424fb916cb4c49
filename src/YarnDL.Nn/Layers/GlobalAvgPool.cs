using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The mean over all spatial axes of (N, C, ..): (N, C), or with <paramref name="keep"/> the axes stay with extent 1.</summary>
/// <param name="keep">The axes stay.</param>
public sealed class GlobalAvgPool(bool keep = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank < 3)
        {
            throw scope.Error($"input has shape {x.Shape}", "it takes (N, C, ..)");
        }

        Value y = scope.G.Add("GlobalAveragePool", x);
        return keep ? y : scope.G.Add("Flatten", y, ("axis", 1));
    }
}
