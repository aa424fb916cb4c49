using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>(N, C factor², H, W) to (N, C, H factor, W factor). Shi et al. 2016.</summary>
/// <param name="factor">How many times larger.</param>
public sealed class PixelShuffle(long factor) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("DepthToSpace", x, ("blocksize", factor), ("mode", "CRD"));
}
