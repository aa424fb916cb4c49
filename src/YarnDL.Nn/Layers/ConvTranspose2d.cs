using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// 2-D transposed convolution: (N, C, H, W) to (N, out, H', W') with H' = (H - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1.
/// <c>weight</c> (C, out / groups, kernel, kernel), <c>bias</c> (out). PyTorch's layout and first weights.
/// </summary>
public sealed class ConvTranspose2d(long? inChannels, long outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? outputPadding = null,
    Size2? dilation = null, long groups = 1, bool bias = true) : Module
{
    public Initialiser Weight { get; init; } = Initialiser.KaimingUniform(Math.Sqrt(5));

    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 4 || !x.Shape[1].IsFixed)
        {
            throw scope.Error($"input has shape {x.Shape}", "a 2-D transposed convolution takes (N, C, H, W)");
        }

        long seen = x.Shape[1].Factor;
        if (groups < 1 || outChannels % groups != 0 || seen % groups != 0 || (inChannels is { } expected && expected != seen))
        {
            throw scope.Error($"{seen} input and {outChannels} output channels in {groups} groups, inChannels {inChannels?.ToString() ?? "open"}",
                "both must be multiples of groups, and inChannels that of the input or left out");
        }

        Value weight = scope.Parameter("weight", new Shape(seen, outChannels / groups, kernel.Height, kernel.Width), Weight);
        Value? b = bias ? scope.Parameter("bias", new Shape(outChannels), Initialiser.FanInUniform(outChannels / groups * kernel.Height * kernel.Width)) : null;
        return scope.G.Add("ConvTranspose", b is null ? [x, weight] : [x, weight, b], new Attributes(
            ("kernel_shape", kernel.ToArray()), ("strides", (stride ?? 1).ToArray()), ("pads", (padding ?? 0).ToPads()),
            ("output_padding", (outputPadding ?? 0).ToArray()), ("dilations", (dilation ?? 1).ToArray()), ("group", groups)));
    }
}
