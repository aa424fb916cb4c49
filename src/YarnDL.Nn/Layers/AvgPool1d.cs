using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The mean of each window: (N, C, L) to (N, C, L'). The stride is the kernel unless given; padding counts as zeros, as in PyTorch.</summary>
public sealed class AvgPool1d(long kernel, long? stride = null, long? padding = null, bool ceiling = false, bool countPadding = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "AveragePool", x, [kernel], [(stride ?? kernel)], [(padding ?? 0)], ceiling, ("count_include_pad", countPadding));
}
