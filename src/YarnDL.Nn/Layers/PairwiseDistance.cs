using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The p-norm of the difference of two inputs plus epsilon over the last axis: (N, D) to (N).</summary>
/// <param name="p">The exponent.</param>
/// <param name="epsilon">Added to each difference.</param>
/// <param name="keep">The axis stays with extent 1.</param>
public sealed class PairwiseDistance(double p = 2, double epsilon = 1e-6, bool keep = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != 2)
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it takes two");
        }

        GraphBuilder g = scope.G;
        Value apart = g.Add("Add", g.Add("Sub", inputs[0], inputs[1]), g.Constant((float)epsilon));
        Value axes = g.Constant([-1L]);
        return p == 2 ? g.Add("ReduceL2", apart, axes, ("keepdims", keep)) : p == 1 ? g.Add("ReduceL1", apart, axes, ("keepdims", keep))
            : g.Add("Pow", g.Add("ReduceSum", g.Add("Pow", g.Add("Abs", apart), g.Constant((float)p)), axes, ("keepdims", keep)), g.Constant((float)(1 / p)));
    }
}
