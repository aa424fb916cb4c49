using System.Globalization;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// Fully connected layers with an activation between: (N, ...) flattened, then the hidden widths, then one output per class or target.
/// Layers are named <c>fc1</c>, <c>fc2</c>, ...
/// </summary>
/// <param name="outputs">Width of the last layer, which has no activation.</param>
/// <param name="hidden">Widths of the hidden layers; empty: a linear model.</param>
/// <param name="activation">The name of an activation layer.</param>
public sealed class Mlp(long outputs, IReadOnlyList<long> hidden, string activation = "relu") : Module
{
    private readonly Module flatten = new Flatten();
    private readonly Module act = LayerRegistry.Activation(activation);
    private readonly Module[] layers = [.. hidden.Append(outputs).Select(width => new Linear(null, width))];

    public override Value Forward(ModuleScope scope, Value x)
    {
        x = x.Shape.Rank > 2 ? scope.Call(flatten, x) : x;
        for (int i = 0; i < layers.Length; i++)
        {
            x = scope.Call("fc" + (i + 1).ToString(CultureInfo.InvariantCulture), layers[i], x);
            x = i < layers.Length - 1 ? scope.Call(act, x) : x;
        }

        return x;
    }
}
