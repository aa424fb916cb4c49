using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The mean of windows that cover the input evenly: (N, C, D, H, W) to (N, C, size).</summary>
/// <param name="size">Extents of the output.</param>
public sealed class AdaptiveAvgPool3d(Size3 size) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Pooling.Check(scope, x, 3);
        return size == 1 ? scope.G.Add("GlobalAveragePool", x) : scope.G.Add("AdaptiveAveragePool", x, ("output_size", size.ToArray()));
    }
}
