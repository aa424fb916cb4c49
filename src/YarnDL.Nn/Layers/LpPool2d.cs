using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The p-norm of each window: (N, C, H, W) to (N, C, H', W'). The stride is the kernel unless given.</summary>
public sealed class LpPool2d(long p, Size2 kernel, Size2? stride = null, bool ceiling = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "LpPool", x, kernel.ToArray(), (stride ?? kernel).ToArray(), new long[2], ceiling, ("p", p));
}
