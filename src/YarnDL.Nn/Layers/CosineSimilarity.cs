using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The cosine of two inputs along an axis, which goes away.</summary>
/// <param name="axis">Never the row axis.</param>
/// <param name="epsilon">The least length.</param>
public sealed class CosineSimilarity(int axis = 1, double epsilon = 1e-8) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != 2)
        {
            throw scope.Error($"{inputs.Count} inputs were given", "it takes two");
        }

        return Distances.Cosine(scope.G, inputs[0], inputs[1], axis, epsilon);
    }
}
