using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>(shift + scale x)^power. Caffe and Torch7.</summary>
/// <param name="power">The exponent.</param>
/// <param name="scale">Times x.</param>
/// <param name="shift">Added.</param>
public sealed class Power(double power, double scale = 1, double shift = 0) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        x = scale == 1 ? x : g.Add("Mul", x, g.Constant((float)scale));
        x = shift == 0 ? x : g.Add("Add", x, g.Constant((float)shift));
        return g.Add("Pow", x, g.Constant((float)power));
    }
}
