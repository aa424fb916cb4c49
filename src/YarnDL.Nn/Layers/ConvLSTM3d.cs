using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Long short-term memory whose products are convolutions: (N, T, C, D, H, W) to (N, T, filters, ..), or the last step. Gates i, f, g, o; <c>weight_ih</c>
/// (4 filters, C, kernel..), <c>weight_hh</c> (4 filters, filters, kernel..), <c>bias</c> (4 filters), with peepholes <c>weight_peephole</c> (3 filters) for i, f, o.
/// Shi et al. 2015.
/// </summary>
/// <param name="filters">Channels of the state.</param>
/// <param name="kernel">Extents of the filters.</param>
/// <param name="stride">Of the convolution of the input.</param>
/// <param name="sequences">All steps, or the last.</param>
/// <param name="peepholes">The gates also see the cell.</param>
public sealed class ConvLSTM3d(long filters, Size3 kernel, Size3? stride = null, bool sequences = true, bool peepholes = false) : Module
{
    /// <summary>The input keeps its extents (over the stride), as Keras' same; else it shrinks by the kernel.</summary>
    public bool Same { get; init; } = true;

    /// <summary>Whether there is a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Gates by 0.2 x + 0.5 limited to 0 .. 1, as Keras had it.</summary>
    public bool HardGates { get; init; }

    public override Value Forward(ModuleScope scope, Value x) =>
        ConvolutionalMemory.Append(scope, x, filters, kernel.ToArray(), (stride ?? 1).ToArray(), sequences, peepholes, Same, Bias, HardGates);
}
