using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The largest value of each window: (N, C, L) to (N, C, L'). The stride is the kernel unless given.</summary>
public sealed class MaxPool1d(long kernel, long? stride = null, long? padding = null, bool ceiling = false, long? dilation = null) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "MaxPool", x, [kernel], [(stride ?? kernel)], [(padding ?? 0)], ceiling, ("dilations", new[] { dilation ?? 1 }));
}
