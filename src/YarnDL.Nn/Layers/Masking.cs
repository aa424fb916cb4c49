using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Steps of (N, T, C) whose features all equal the value become zeros. Keras.</summary>
/// <param name="value">What an empty step holds.</param>
public sealed class Masking(double value = 0) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        Value other = g.Add("Abs", g.Add("Sub", x, g.Constant((float)value)));
        Value keep = g.Add("Greater", g.Add("ReduceMax", other, g.Constant([-1L]), ("keepdims", 1)), g.Constant(0f));
        return g.Add("Where", [keep, x, g.Constant(0f)]);
    }
}
