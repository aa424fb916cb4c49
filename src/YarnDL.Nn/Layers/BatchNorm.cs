using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// (x - mean) / sqrt(variance + epsilon) per channel of (N, C, ..), times <c>weight</c> (C) plus <c>bias</c> (C); first weights 1 and 0.
/// Training takes mean and variance of the rows of each shard and moves <c>running_mean</c> and <c>running_var</c> (unbiased) by
/// <paramref name="momentum"/>; evaluation and scoring use these.
/// </summary>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="momentum">Weight of a new batch in the running values.</param>
/// <param name="axes">Rank of the input, or 0 for any.</param>
public sealed class BatchNorm(double epsilon = 1e-5, double momentum = 0.1, int axes = 0) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank < 2 || !x.Shape[1].IsFixed || (axes != 0 && x.Shape.Rank != axes && !(axes == 3 && x.Shape.Rank == 2)))
        {
            throw scope.Error($"input has shape {x.Shape}", axes == 0 ? "batch normalisation takes (N, C, ..)" : $"it takes {axes} axes, (N, C, ..)");
        }

        var shape = new Shape(x.Shape[1].Factor);
        Value weight = scope.Parameter("weight", shape, Initialiser.Constant(1));
        Value bias = scope.Parameter("bias", shape, Initialiser.Constant(0));
        Value mean = scope.Buffer("running_mean", shape);
        Value variance = scope.Buffer("running_var", shape, 1);
        return scope.G.Add("BatchNormalization", [x, weight, bias, mean, variance], new Attributes(("epsilon", epsilon), ("momentum", 1 - momentum)));
    }
}
