using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The product of two inputs (N, m, k) and (N, k, n), or of a matrix (N, m, k) and a vector (N, k). Torch7's MM and MV.</summary>
/// <param name="transposeFirst">The first is (N, k, m).</param>
/// <param name="transposeSecond">The second is (N, n, k).</param>
public sealed class MatrixProduct(bool transposeFirst = false, bool transposeSecond = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != 2)
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it takes two");
        }

        GraphBuilder g = scope.G;
        Value Turned(Value v, bool turn) => turn ? g.Add("Transpose", v, ("perm", new long[] { 0, 2, 1 })) : v;
        Value a = Turned(inputs[0], transposeFirst);
        return inputs[1].Shape.Rank == 2 ? g.Add("Squeeze", g.Add("MatMul", a, g.Add("Unsqueeze", inputs[1], g.Constant([-1L]))), g.Constant([-1L]))
            : g.Add("MatMul", a, Turned(inputs[1], transposeSecond));
    }
}
