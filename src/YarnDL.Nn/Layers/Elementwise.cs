using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A layer that is one operator of the table: its shape is that of its input.</summary>
/// <param name="op">Name of the operator, such as Gelu.</param>
/// <param name="attributes">Its attributes; null: the defaults.</param>
public class Elementwise(string op, Attributes? attributes = null) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add(op, [x], attributes);
}
