using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// 2-D convolution (cross-correlation): (N, C, H, W) to (N, out, H', W') with H' = (H + 2·padding - dilation·(kernel - 1) - 1) / stride + 1.
/// <c>weight</c> (out, C / groups, kernel, kernel), <c>bias</c> (out). PyTorch's layout and first weights.
/// </summary>
/// <param name="inChannels">Channels of the input; null: what the input has.</param>
/// <param name="outChannels">Number of filters.</param>
/// <param name="kernel">Height and width of a filter.</param>
/// <param name="stride">Step of the window.</param>
/// <param name="padding">Zeros around the image, each side.</param>
/// <param name="dilation">Distance of the taps.</param>
/// <param name="groups">Independent groups of channels.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class Conv2d(long? inChannels, long outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? dilation = null,
    long groups = 1, bool bias = true) : Module
{
    public Initialiser Weight { get; init; } = Initialiser.KaimingUniform(Math.Sqrt(5));

    /// <summary>Null: uniform in ±1/sqrt(C / groups · kernel · kernel).</summary>
    public Initialiser? Bias { get; init; }

    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 4 || !x.Shape[1].IsFixed)
        {
            throw scope.Error($"input has shape {x.Shape}", "a 2-D convolution takes (N, C, H, W); one grey image per row is (N, 1, H, W)");
        }

        long seen = x.Shape[1].Factor;
        if (groups < 1 || outChannels % groups != 0 || seen % groups != 0)
        {
            throw scope.Error($"{seen} input and {outChannels} output channels in {groups} groups", "both must be multiples of groups");
        }

        if (inChannels is { } expected && expected != seen)
        {
            throw scope.Error($"input has {seen} channels, weight ({outChannels}, {expected / groups}, {kernel.Height}, {kernel.Width}) expects {expected}",
                seen == 3 && expected == 1 ? "add a Grayscale() feature or change inChannels" : $"set inChannels to {seen} or leave it out");
        }

        long fanIn = seen / groups * kernel.Height * kernel.Width;
        Value weight = scope.Parameter("weight", new Shape(outChannels, seen / groups, kernel.Height, kernel.Width), Weight);
        Value? b = bias ? scope.Parameter("bias", new Shape(outChannels), Bias ?? Initialiser.FanInUniform(fanIn)) : null;
        return scope.G.Add("Conv", b is null ? [x, weight] : [x, weight, b], new Attributes(
            ("kernel_shape", kernel.ToArray()), ("strides", (stride ?? 1).ToArray()), ("pads", (padding ?? 0).ToPads()),
            ("dilations", (dilation ?? 1).ToArray()), ("group", groups)));
    }
}
