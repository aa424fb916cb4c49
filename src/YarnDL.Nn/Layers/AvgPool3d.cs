using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The mean of each window: (N, C, D, H, W) to (N, C, D', H', W'). The stride is the kernel unless given; padding counts as zeros, as in PyTorch.</summary>
public sealed class AvgPool3d(Size3 kernel, Size3? stride = null, Size3? padding = null, bool ceiling = false, bool countPadding = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "AveragePool", x, kernel.ToArray(), (stride ?? kernel).ToArray(), (padding ?? 0).ToArray(), ceiling, ("count_include_pad", countPadding));
}
