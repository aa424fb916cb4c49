using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>(N, C, ..) without some places at both ends of its spatial axes. Keras' cropping.</summary>
/// <param name="before">Places cut from the beginning: one number for all spatial axes, or one each.</param>
/// <param name="after">Places cut from the end; null: as before.</param>
public sealed class Crop(IReadOnlyList<long> before, IReadOnlyList<long>? after = null) : Module
{
    private readonly Module _pad = new Pad([.. before.Select(b => -b)], after is null ? null : [.. after.Select(b => -b)]);

    public override Value Forward(ModuleScope scope, Value x) => scope.Call("pad", _pad, x);
}
