using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x plus a number.</summary>
/// <param name="value">The number.</param>
public sealed class AddConstant(double value) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Add", x, scope.G.Constant((float)value));
}
