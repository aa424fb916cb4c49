using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The largest value of each window: (N, C, D, H, W) to (N, C, D', H', W'). The stride is the kernel unless given.</summary>
public sealed class MaxPool3d(Size3 kernel, Size3? stride = null, Size3? padding = null, bool ceiling = false, Size3? dilation = null) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "MaxPool", x, kernel.ToArray(), (stride ?? kernel).ToArray(), (padding ?? 0).ToArray(), ceiling, ("dilations", (dilation ?? 1).ToArray()));
}
