using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x less the weighted mean of its window over all channels: (N, C, H, W) to the same shape. Torch7.</summary>
/// <param name="kernel">Weights of the window; null: ones, 9 x 9.</param>
public sealed class SpatialSubtractiveNormalization(float[,]? kernel = null) : Module
{
    private readonly float[,] _kernel = kernel ?? LocalWindow.Flat(9);

    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        return g.Add("Sub", x, g.Add("Div", LocalWindow.Sum(g, x, _kernel), LocalWindow.Coverage(g, x, _kernel)));
    }
}
