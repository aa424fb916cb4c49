using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>One of several inputs. Torch7's SelectTable.</summary>
/// <param name="index">From 0.</param>
public sealed class SelectInput(int index = 0) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (index < 0 || index >= inputs.Count)
        {
            throw scope.Error($"input {index} of {inputs.Count}", "there is no such input; the first is 0");
        }

        return scope.G.Add("Identity", inputs[index]);
    }
}
