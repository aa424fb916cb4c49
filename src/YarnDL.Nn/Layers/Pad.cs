using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>(N, C, ..) with elements around its spatial axes: zeros (or another number), reflect, replicate or circular. Negative numbers crop.</summary>
/// <param name="before">Elements before the first place: one number for all spatial axes, or one each.</param>
/// <param name="after">Elements behind the last place; null: as before.</param>
/// <param name="mode">zeros, reflect, replicate or circular.</param>
/// <param name="value">In the place of zero.</param>
public sealed class Pad(IReadOnlyList<long> before, IReadOnlyList<long>? after = null, string mode = "zeros", double value = 0) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        int axes = x.Shape.Rank - 2;
        long[] Each(IReadOnlyList<long> given) => given.Count == axes ? [.. given] : given.Count == 1 ? [.. Enumerable.Repeat(given[0], axes)]
            : throw scope.Error($"input has shape {x.Shape}, {given.Count} numbers are given", "give one number, or one per spatial axis");
        return Convolution.Around(scope, x, [.. Each(before), .. Each(after ?? before)], mode, value);
    }
}
