using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Of two inputs, x and places int64 (N, ..): for each row the entries of x at these places of an axis; x (N, T, C) and places (N, k) give (N, k, C). Torch7's Index by row.</summary>
/// <param name="axis">1.</param>
public sealed class GatherRows(int axis = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != 2)
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it takes values and places");
        }

        return axis == 1 ? scope.G.Add("GatherND", inputs[0], scope.G.Add("Unsqueeze", inputs[1], scope.G.Constant([-1L])), ("batch_dims", 1))
            : throw scope.Error($"axis is {axis}", "places are taken along axis 1; permute before");
    }
}
