using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x / (1 + alpha / size² · sum of squares over a size x size window of the channel)^beta. Caffe.</summary>
/// <param name="size">Height and width of the window, odd.</param>
/// <param name="alpha">Weight of the squares.</param>
/// <param name="beta">The exponent.</param>
public sealed class SpatialWithinChannelLRN(long size = 5, double alpha = 1, double beta = 0.75) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        long half = size / 2;
        Value sums = g.Add("SumPool", g.Add("Mul", x, x), ("kernel_shape", new[] { size, size }), ("pads", new[] { half, half, half, half }));
        Value scale = g.Add("Add", g.Add("Mul", sums, g.Constant((float)(alpha / (size * size)))), g.Constant(1f));
        return g.Add("Div", x, g.Add("Pow", scale, g.Constant((float)beta)));
    }
}
