using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The largest value of windows that cover the input evenly: (N, C, H, W) to (N, C, size).</summary>
/// <param name="size">Extents of the output.</param>
public sealed class AdaptiveMaxPool2d(Size2 size) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Pooling.Check(scope, x, 2);
        return size == 1 ? scope.G.Add("GlobalMaxPool", x) : scope.G.Add("AdaptiveMaxPool", x, ("output_size", size.ToArray()));
    }
}
