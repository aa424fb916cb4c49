using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary><see cref="SpatialSubtractiveNormalization"/>, then <see cref="SpatialDivisiveNormalization"/>. Torch7.</summary>
/// <param name="kernel">Weights of the window; null: ones, 9 x 9.</param>
/// <param name="threshold">The bound.</param>
/// <param name="value">What stands in its place.</param>
public sealed class SpatialContrastiveNormalization(float[,]? kernel = null, double threshold = 1e-4, double value = 1e-4) : Module
{
    private readonly Module _subtract = new SpatialSubtractiveNormalization(kernel);
    private readonly Module _divide = new SpatialDivisiveNormalization(kernel, threshold, value);

    public override Value Forward(ModuleScope scope, Value x) => scope.Call("divide", _divide, scope.Call("subtract", _subtract, x));
}
