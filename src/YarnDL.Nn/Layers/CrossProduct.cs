using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The dot product of every pair of inputs (N, D), in the order (0, 1), (0, 2), .., (1, 2), ..: (N, pairs).</summary>
public sealed class CrossProduct() : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count < 2)
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it takes two or more");
        }

        var dots = new List<Value>();
        for (int a = 0; a < inputs.Count; a++)
        {
            for (int b = a + 1; b < inputs.Count; b++)
            {
                dots.Add(scope.G.Add("Unsqueeze", Distances.Dot(scope.G, inputs[a], inputs[b], -1), scope.G.Constant([1L])));
            }
        }

        return dots.Count == 1 ? dots[0] : scope.G.Add("Concat", [.. dots], new Attributes(("axis", 1)));
    }
}
