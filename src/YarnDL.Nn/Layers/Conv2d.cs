using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// 2-D convolution (cross-correlation): (N, C, H, W) to (N, out, H', W')
/// with H' = (H + 2·padding - dilation·(kernel - 1) - 1) / stride + 1.
/// <c>weight</c> (out, C / groups, kernel, kernel), <c>bias</c> (out). PyTorch's layout and first weights.
/// </summary>
/// <param name="inChannels">Channels of the input; null: what the input has.</param>
/// <param name="outChannels">Number of filters.</param>
/// <param name="kernel">Height and width of a filter.</param>
/// <param name="stride">Step of the window.</param>
/// <param name="padding">Elements around the input, each side.</param>
/// <param name="dilation">Distance of the taps.</param>
/// <param name="groups">Independent groups of channels.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class Conv2d(long? inChannels, long outChannels, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? dilation = null,
    long groups = 1, bool bias = true) : Module
{
    public Initialiser Weight { get; init; } = Convolution.Weight;

    /// <summary>Null: uniform in ±1/sqrt(C / groups · taps).</summary>
    public Initialiser? Bias { get; init; }

    /// <summary>Padding so that the output has ceil(extent / stride) places, as Keras' <c>same</c>; the padding given is not used.</summary>
    public bool Same { get; init; }

    /// <summary>What lies around the input: zeros, reflect, replicate or circular.</summary>
    public string PaddingMode { get; init; } = "zeros";

    public override Value Forward(ModuleScope scope, Value x) => Convolution.Append(scope, x, new(inChannels, outChannels, kernel.ToArray(), (stride ?? 1).ToArray(), (padding ?? 0).ToArray(),
        (dilation ?? 1).ToArray(), groups, bias)
    { Weight = Weight, BiasInit = Bias, Same = Same, Mode = PaddingMode });
}
