using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A module on every step: (N, T, ..) as rows of T · N, and back. Keras; with more axes Torch7's Bottle.</summary>
/// <param name="inner">The module; used on all steps.</param>
/// <param name="axes">Axes of steps.</param>
public sealed class TimeDistributed(Module inner, int axes = 1) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank < axes + 2 || axes < 1)
        {
            throw scope.Error($"input has shape {x.Shape}", $"it takes (N, {axes} axes of steps, ..)");
        }

        GraphBuilder g = scope.G;
        long[] steps = [.. x.Shape.Dims[1..(axes + 1)].ToArray().Select(d => d.Factor)];
        Value flat = g.Add("Reshape", x, g.Constant([-1L, .. x.Shape.Dims[(axes + 1)..].ToArray().Select(d => d.Factor)]));
        Value y = scope.Call(inner.Name ?? "inner", inner, flat);
        return g.Add("Reshape", y, g.Constant([-1L, .. steps, .. y.Shape.Dims[1..].ToArray().Select(d => d.Factor)]));
    }
}
