using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Means of windows that cover the image evenly: (N, C, H, W) to (N, C, size).</summary>
public sealed class AdaptiveAvgPool2d(Size2 size) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 4)
        {
            throw scope.Error($"input has shape {x.Shape}", "2-D pooling takes (N, C, H, W)");
        }

        return size is { Height: 1, Width: 1 } ? scope.G.Add("GlobalAveragePool", x) : scope.G.Add("AdaptiveAveragePool", x, ("output_size", size.ToArray()));
    }
}
