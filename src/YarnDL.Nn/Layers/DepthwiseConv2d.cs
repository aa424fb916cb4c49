using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A convolution of each channel alone: (N, C, H, W) to (N, C · multiplier, H', W'), <c>weight</c> (C · multiplier, 1, kernel, kernel).</summary>
/// <param name="kernel">Height and width.</param>
/// <param name="stride">Step of the window.</param>
/// <param name="padding">Zeros around the image.</param>
/// <param name="multiplier">Filters per channel.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class DepthwiseConv2d(Size2 kernel, Size2? stride = null, Size2? padding = null, long multiplier = 1, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        long channels = x.Shape.Rank == 4 ? x.Shape[1].Factor : throw scope.Error($"input has shape {x.Shape}", "it takes (N, C, H, W)");
        return Convolution.Append(scope, x, new(null, channels * multiplier, kernel.ToArray(), (stride ?? 1).ToArray(), (padding ?? 0).ToArray(), [1, 1], channels, bias));
    }
}
