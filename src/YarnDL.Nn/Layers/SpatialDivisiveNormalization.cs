using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x over the square root of the weighted mean of squares of its window over all channels; a root up to <paramref name="threshold"/> counts as <paramref name="value"/>. Torch7.</summary>
/// <param name="kernel">Weights of the window; null: ones, 9 x 9.</param>
/// <param name="threshold">The bound.</param>
/// <param name="value">What stands in its place.</param>
public sealed class SpatialDivisiveNormalization(float[,]? kernel = null, double threshold = 1e-4, double value = 1e-4) : Module
{
    private readonly float[,] _kernel = kernel ?? LocalWindow.Flat(9);

    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        Value deviation = g.Add("Div", g.Add("Sqrt", LocalWindow.Sum(g, g.Add("Mul", x, x), _kernel)), LocalWindow.Coverage(g, x, _kernel));
        return g.Add("Div", x, g.Add("Threshold", deviation, ("threshold", threshold), ("value", value)));
    }
}
