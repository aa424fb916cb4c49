using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A convolution over steps with the features last: (N, T, C) to (N, T', out), <c>weight</c> (out, kernel · C) with the step major, <c>bias</c> (out). Torch7.</summary>
/// <param name="outChannels">Number of filters.</param>
/// <param name="kernel">Steps of a filter.</param>
/// <param name="stride">Steps between windows.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class TemporalConv(long outChannels, long kernel, long stride = 1, bool bias = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 3)
        {
            throw scope.Error($"input has shape {x.Shape}", "it takes (N, T, C)");
        }

        GraphBuilder g = scope.G;
        long seen = x.Shape[2].Factor;
        Value weight = scope.Parameter("weight", new Shape(outChannels, kernel * seen), Initialiser.FanInUniform(kernel * seen));
        Value taps = g.Add("Transpose", g.Add("Reshape", weight, g.Constant([outChannels, kernel, seen])), ("perm", new long[] { 0, 2, 1 }));
        Value? b = bias ? scope.Parameter("bias", new Shape(outChannels), Initialiser.FanInUniform(kernel * seen)) : null;
        Value turned = g.Add("Transpose", x, ("perm", new long[] { 0, 2, 1 }));
        Value y = g.Add("Conv", b is null ? [turned, taps] : [turned, taps, b], new Attributes(("strides", new[] { stride })));
        return g.Add("Transpose", y, ("perm", new long[] { 0, 2, 1 }));
    }
}
