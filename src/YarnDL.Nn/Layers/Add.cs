using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The sum of two or more inputs of one shape.</summary>
public sealed class Add : Module
{
    public override Value Forward(ModuleScope scope, Value x) => throw scope.Error("one input was given", "Add takes two or more");

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count < 2)
        {
            throw scope.Error($"{inputs.Count} inputs were given", "Add takes two or more");
        }

        Value sum = inputs[0];
        for (int i = 1; i < inputs.Count; i++)
        {
            sum = scope.G.Add("Add", sum, inputs[i]);
        }

        return sum;
    }
}
