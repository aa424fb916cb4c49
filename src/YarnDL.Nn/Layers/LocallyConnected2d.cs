using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A convolution with a filter of its own for each place: (N, C, H, W) to (N, out, H', W'), <c>weight</c> (H', W', out, C, kernel, kernel), <c>bias</c> (H', W', out). Keras.</summary>
/// <param name="outChannels">Filters per place.</param>
/// <param name="kernel">Height and width of the window.</param>
/// <param name="stride">Step of the window.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class LocallyConnected2d(long outChannels, Size2 kernel, Size2? stride = null, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 4)
        {
            throw scope.Error($"input has shape {x.Shape}", "it takes (N, C, H, W)");
        }

        GraphBuilder g = scope.G;
        long c = x.Shape[1].Factor;
        Size2 step = stride ?? 1;
        long taps = c * kernel.Height * kernel.Width;
        Value windows = Patches.Along(g, Patches.Along(g, x, 3, kernel.Width, step.Width), 2, kernel.Height, step.Height); // (N, C, H', kh, W', kw)
        (long h, long w) = (windows.Shape[2].Factor, windows.Shape[4].Factor);
        windows = g.Add("Reshape", g.Add("Transpose", windows, ("perm", new long[] { 0, 2, 4, 1, 3, 5 })), g.Constant([0L, h * w, 1L, taps]));
        Value weight = scope.Parameter("weight", new Shape(h, w, outChannels, c, kernel.Height, kernel.Width), Initialiser.FanInUniform(taps));
        Value each = g.Add("Transpose", g.Add("Reshape", weight, g.Constant([h * w, outChannels, taps])), ("perm", new long[] { 0, 2, 1 }));
        Value y = g.Add("Squeeze", g.Add("MatMul", windows, each), g.Constant([2L])); // (N, H'W', out)
        y = bias ? g.Add("Add", y, g.Add("Reshape", scope.Parameter("bias", new Shape(h, w, outChannels), Initialiser.FanInUniform(taps)), g.Constant([h * w, outChannels]))) : y;
        return g.Add("Reshape", g.Add("Transpose", y, ("perm", new long[] { 0, 2, 1 })), g.Constant([0L, 0L, h, w]));
    }
}
