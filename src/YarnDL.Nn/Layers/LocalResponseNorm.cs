using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x / (k + alpha / size · sum of squares over size neighbouring channels)^beta. Krizhevsky et al. 2012.</summary>
/// <param name="size">Channels, odd.</param>
/// <param name="alpha">Weight of the squares.</param>
/// <param name="beta">The exponent.</param>
/// <param name="k">Added.</param>
public sealed class LocalResponseNorm(long size, double alpha = 1e-4, double beta = 0.75, double k = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("LRN", x, ("size", size), ("alpha", alpha), ("beta", beta), ("bias", k));
}
