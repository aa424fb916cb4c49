using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The largest value of each window: (N, C, H, W) to (N, C, H', W'). The stride is the kernel unless given.</summary>
public sealed class MaxPool2d(Size2 kernel, Size2? stride = null, Size2? padding = null, bool ceiling = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Pooling.Append(scope, "MaxPool", x, kernel, stride ?? kernel, padding ?? 0, ceiling, null);
}
