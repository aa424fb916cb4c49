using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Inputs: shares (N, k), then k values (N, ..) of one shape; the sum of the values, each times its share. Torch7's MixtureTable.</summary>
public sealed class Mixture() : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count < 2 || inputs[0].Shape[1] != inputs.Count - 1)
        {
            throw scope.Error($"{inputs.Count} inputs, shares {inputs[0].Shape}", "it takes shares (N, k) and k values");
        }

        GraphBuilder g = scope.G;
        Value? sum = null;
        for (int k = 1; k < inputs.Count; k++)
        {
            Value share = g.Add("Slice", [inputs[0], g.Constant([k - 1L]), g.Constant([(long)k]), g.Constant([1L])]);
            share = inputs[k].Shape.Rank == 2 ? share : g.Add("Reshape", share, g.Constant([-1L, .. Enumerable.Repeat(1L, inputs[k].Shape.Rank - 1)]));
            Value part = g.Add("Mul", share, inputs[k]);
            sum = sum is null ? part : g.Add("Add", sum, part);
        }

        return sum!;
    }
}
