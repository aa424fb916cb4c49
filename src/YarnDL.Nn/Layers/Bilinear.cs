using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>y_k = aᵀ W_k b + bias_k of two inputs (N, A) and (N, B): (N, out), with <c>weight</c> (out, A, B) and <c>bias</c> (out), uniform in ±1/sqrt(A) at first.</summary>
/// <param name="outFeatures">Width of the output.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class Bilinear(long outFeatures, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != 2 || inputs[0].Shape.Rank != 2 || inputs[1].Shape.Rank != 2)
        {
            throw scope.Error($"{inputs.Count} inputs, the first {inputs[0].Shape}", "it takes two, (N, A) and (N, B)");
        }

        GraphBuilder g = scope.G;
        (long a, long b) = (inputs[0].Shape[1].Factor, inputs[1].Shape[1].Factor);
        Value weight = scope.Parameter("weight", new Shape(outFeatures, a, b), Initialiser.FanInUniform(a));
        Value left = g.Add("MatMul", inputs[0], g.Add("Reshape", g.Add("Transpose", weight, ("perm", new long[] { 1, 0, 2 })), g.Constant([a, -1L])));
        Value cube = g.Add("Mul", g.Add("Reshape", left, g.Constant([-1L, outFeatures, b])), g.Add("Unsqueeze", inputs[1], g.Constant([1L])));
        Value y = g.Add("ReduceSum", cube, g.Constant([2L]), ("keepdims", 0));
        return bias ? g.Add("Add", y, scope.Parameter("bias", new Shape(outFeatures), Initialiser.FanInUniform(a))) : y;
    }
}
