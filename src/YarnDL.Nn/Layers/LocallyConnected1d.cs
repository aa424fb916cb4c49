using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A convolution with a filter of its own for each place: (N, C, L) to (N, out, L'), <c>weight</c> (L', out, C, kernel), <c>bias</c> (L', out). Keras.</summary>
/// <param name="outChannels">Filters per place.</param>
/// <param name="kernel">Taps.</param>
/// <param name="stride">Step of the window.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class LocallyConnected1d(long outChannels, long kernel, long stride = 1, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 3)
        {
            throw scope.Error($"input has shape {x.Shape}", "it takes (N, C, L)");
        }

        GraphBuilder g = scope.G;
        long c = x.Shape[1].Factor;
        Value windows = g.Add("Transpose", Patches.Along(g, x, 2, kernel, stride), ("perm", new long[] { 0, 2, 1, 3 })); // (N, L', C, k)
        long places = windows.Shape[1].Factor;
        Value weight = scope.Parameter("weight", new Shape(places, outChannels, c, kernel), Initialiser.FanInUniform(c * kernel));
        Value w = g.Add("Transpose", g.Add("Reshape", weight, g.Constant([places, outChannels, c * kernel])), ("perm", new long[] { 0, 2, 1 }));
        Value y = g.Add("MatMul", g.Add("Reshape", windows, g.Constant([0L, places, 1L, c * kernel])), w); // (N, L', 1, out)
        y = g.Add("Squeeze", y, g.Constant([2L]));
        y = bias ? g.Add("Add", y, scope.Parameter("bias", new Shape(places, outChannels), Initialiser.FanInUniform(c * kernel))) : y;
        return g.Add("Transpose", y, ("perm", new long[] { 0, 2, 1 }));
    }
}
