using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Two or more inputs one after another along an axis; their other extents are equal.</summary>
/// <param name="axis">Negative axes count from the last; never the row axis.</param>
public sealed class Concat(int axis = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => x;

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs) =>
        inputs.Count == 1 ? inputs[0] : scope.G.Add("Concat", [.. inputs], new Attributes(("axis", axis < 0 ? axis + inputs[0].Shape.Rank : axis)));
}
