using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>(x - mean) / sqrt(variance + epsilon) over the spatial axes of every row and channel of (N, C, ..), then with <paramref name="affine"/> times <c>weight</c> (C) plus <c>bias</c> (C). Ulyanov et al. 2016.</summary>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="affine">Whether a scale and an offset are learned.</param>
public sealed class InstanceNorm(double epsilon = 1e-5, bool affine = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank < 3 || !x.Shape[1].IsFixed)
        {
            throw scope.Error($"input has shape {x.Shape}", "instance normalisation takes (N, C, ..)");
        }

        var shape = new Shape(x.Shape[1].Factor);
        Value One(string name, float value) => affine ? scope.Parameter(name, shape, Initialiser.Constant(value)) : scope.G.Constant(Tensor.From<float>(shape, [.. Enumerable.Repeat(value, (int)shape[0])]));
        return scope.G.Add("InstanceNormalization", [x, One("weight", 1), One("bias", 0)], new Attributes(("epsilon", epsilon)));
    }
}
