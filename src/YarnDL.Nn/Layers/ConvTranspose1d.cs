using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// 1-D transposed convolution: (N, C, L) to (N, out, ..) with extents (in - 1)·stride - 2·padding + dilation·(kernel - 1) + outputPadding + 1.
/// <c>weight</c> (C, out / groups, kernel), <c>bias</c> (out). PyTorch's layout and first weights.
/// </summary>
public sealed class ConvTranspose1d(long? inChannels, long outChannels, long kernel, long? stride = null, long? padding = null, long? outputPadding = null,
    long? dilation = null, long groups = 1, bool bias = true) : Module
{
    public Initialiser Weight { get; init; } = Convolution.Weight;

    public Initialiser? Bias { get; init; }

    public override Value Forward(ModuleScope scope, Value x) => TransposedConvolution.Append(scope, x, new(inChannels, outChannels, [kernel], [(stride ?? 1)],
        [(padding ?? 0)], [(dilation ?? 1)], groups, bias)
    { Weight = Weight, BiasInit = Bias }, [(outputPadding ?? 0)]);
}
