using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The p-norm of each window: (N, C, D, H, W) to (N, C, D', H', W'). The stride is the kernel unless given.</summary>
public sealed class LpPool3d(long p, Size3 kernel, Size3? stride = null, bool ceiling = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "LpPool", x, kernel.ToArray(), (stride ?? kernel).ToArray(), new long[3], ceiling, ("p", p));
}
