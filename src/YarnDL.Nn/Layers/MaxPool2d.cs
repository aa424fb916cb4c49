using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The largest value of each window: (N, C, H, W) to (N, C, H', W'). The stride is the kernel unless given.</summary>
public sealed class MaxPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null, bool ceiling = false, Size2? dilation = null) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "MaxPool", x, kernel.ToArray(), (stride ?? kernel).ToArray(), (padding ?? 0).ToArray(), ceiling, ("dilations", (dilation ?? 1).ToArray()));
}
