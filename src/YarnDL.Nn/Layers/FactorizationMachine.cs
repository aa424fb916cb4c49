using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Half of the squared sum less the sum of squares over the fields of (N, fields, width), summed over the width: (N, 1). Rendle 2010.</summary>
public sealed class FactorizationMachine() : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        Value Sum(Value v, long axis, long keep) => g.Add("ReduceSum", v, g.Constant([axis]), ("keepdims", keep));
        Value all = Sum(x, 1, 0);
        Value terms = g.Add("Sub", g.Add("Mul", all, all), Sum(g.Add("Mul", x, x), 1, 0));
        return g.Add("Mul", Sum(terms, -1, 1), g.Constant(0.5f));
    }
}
