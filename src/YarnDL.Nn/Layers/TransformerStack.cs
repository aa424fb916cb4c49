using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Layers one after the other, named <c>layers.0</c> and on, each with the further inputs too; then perhaps a layer norm <c>norm</c>.</summary>
/// <param name="layers">The layers.</param>
/// <param name="finalNorm">A norm on the result.</param>
public abstract class TransformerStack(IReadOnlyList<Module> layers, bool finalNorm) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        for (int i = 0; i < layers.Count; i++)
        {
            x = scope.Call("layers." + i.ToString(CultureInfo.InvariantCulture), layers[i], [x, .. inputs.Skip(1)]);
        }

        return finalNorm ? scope.Call("norm", new LayerNorm(), x) : x;
    }
}
