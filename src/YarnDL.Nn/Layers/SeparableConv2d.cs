using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A convolution of each channel alone (<c>depthwise</c>), then a 1 x 1 convolution over them (<c>pointwise</c>): (N, C, H, W) to (N, out, H', W'). Chollet 2016.</summary>
/// <param name="outChannels">Number of filters.</param>
/// <param name="kernel">Height and width.</param>
/// <param name="stride">Step of the window.</param>
/// <param name="padding">Zeros around the image.</param>
/// <param name="multiplier">Depthwise filters per channel.</param>
/// <param name="bias">Whether the second convolution has a bias.</param>
public sealed class SeparableConv2d(long outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, long multiplier = 1, bool bias = true) : Module
{
    /// <summary>See <see cref="Conv2d.Same"/>.</summary>
    public bool Same { get; init; }

    public override Value Forward(ModuleScope scope, Value x)
    {
        long channels = x.Shape.Rank == 4 ? x.Shape[1].Factor : throw scope.Error($"input has shape {x.Shape}", "it takes (N, C, H, W)");
        x = scope.Call("depthwise", new Conv2d(null, channels * multiplier, kernel, stride, padding, groups: channels, bias: false) { Same = Same }, x);
        return scope.Call("pointwise", new Conv2d(null, outChannels, 1, bias: bias), x);
    }
}
