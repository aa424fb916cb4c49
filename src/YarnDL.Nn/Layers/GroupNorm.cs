using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>(x - mean) / sqrt(variance + epsilon) over groups of channels of (N, C, ..), times <c>weight</c> (C) plus <c>bias</c> (C); first weights 1 and 0.</summary>
public sealed class GroupNorm(long groups, double epsilon = 1e-5) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank < 2 || !x.Shape[1].IsFixed)
        {
            throw scope.Error($"input has shape {x.Shape}", "group normalisation takes (N, C, ..)");
        }

        var shape = new Shape(x.Shape[1].Factor);
        return scope.G.Add("GroupNormalization", [x, scope.Parameter("weight", shape, Initialiser.Constant(1)), scope.Parameter("bias", shape, Initialiser.Constant(0))],
            new Attributes(("num_groups", groups), ("epsilon", epsilon)));
    }
}
