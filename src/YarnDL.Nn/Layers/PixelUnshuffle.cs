using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The inverse of <see cref="PixelShuffle"/>.</summary>
/// <param name="factor">How many times smaller; it divides height and width.</param>
public sealed class PixelUnshuffle(long factor) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        (long c, long h, long w) = (x.Shape[1].Factor, x.Shape[2].Factor / factor, x.Shape[3].Factor / factor);
        Value apart = g.Add("Reshape", x, g.Constant([-1L, c, h, factor, w, factor]));
        return g.Add("Reshape", g.Add("Transpose", apart, ("perm", new long[] { 0, 1, 3, 5, 2, 4 })), g.Constant([-1L, c * factor * factor, h, w]));
    }
}
