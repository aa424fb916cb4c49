using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// 3-D transposed convolution: (N, C, D, H, W) to (N, out, ..) with extents (in - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1.
/// <c>weight</c> (C, out / groups, kernel, kernel, kernel), <c>bias</c> (out). PyTorch's layout and first weights.
/// </summary>
public sealed class ConvTranspose3d(long? inChannels, long outChannels, Size3 kernel, Size3? stride = null, Size3? padding = null, Size3? outputPadding = null,
    Size3? dilation = null, long groups = 1, bool bias = true) : Module
{
    public Initialiser Weight { get; init; } = Convolution.Weight;

    public Initialiser? Bias { get; init; }

    public override Value Forward(ModuleScope scope, Value x) => TransposedConvolution.Append(scope, x, new(inChannels, outChannels, kernel.ToArray(), (stride ?? 1).ToArray(),
        (padding ?? 0).ToArray(), (dilation ?? 1).ToArray(), groups, bias)
    { Weight = Weight, BiasInit = Bias }, (outputPadding ?? 0).ToArray());
}
