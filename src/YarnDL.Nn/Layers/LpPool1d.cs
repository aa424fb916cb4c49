using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The p-norm of each window: (N, C, L) to (N, C, L'). The stride is the kernel unless given.</summary>
public sealed class LpPool1d(long p, long kernel, long? stride = null, bool ceiling = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x) =>
        Pooling.Append(scope, "LpPool", x, [kernel], [(stride ?? kernel)], new long[1], ceiling, ("p", p));
}
