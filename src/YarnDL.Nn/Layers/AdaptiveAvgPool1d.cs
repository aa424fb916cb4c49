using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The mean of windows that cover the input evenly: (N, C, L) to (N, C, size).</summary>
/// <param name="size">Extents of the output.</param>
public sealed class AdaptiveAvgPool1d(long size) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Pooling.Check(scope, x, 1);
        return size == 1 ? scope.G.Add("GlobalAveragePool", x) : scope.G.Add("AdaptiveAveragePool", x, ("output_size", new[] { size }));
    }
}
