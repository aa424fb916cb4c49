using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x times a number.</summary>
/// <param name="value">The number.</param>
public sealed class MulConstant(double value) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Mul", x, scope.G.Constant((float)value));
}
