using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>x / sqrt(mean of squares + epsilon) over the last <paramref name="axes"/> axes, times <c>weight</c> with their extents; 1 at first. Zhang and Sennrich 2019.</summary>
/// <param name="axes">How many axes.</param>
/// <param name="epsilon">Added to the mean.</param>
/// <param name="affine">Whether there is a weight.</param>
public sealed class RMSNorm(int axes = 1, double epsilon = 1e-5, bool affine = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Dim[] last = axes > 0 && axes < x.Shape.Rank ? x.Shape.Dims[^axes..].ToArray() : [];
        if (last.Length == 0 || last.Any(d => !d.IsFixed))
        {
            throw scope.Error($"input has shape {x.Shape}", $"the last {axes} axes are normalised; they must be there and not be the rows");
        }

        var shape = new Shape([.. last.Select(d => d.Factor)]);
        Value weight = affine ? scope.Parameter("weight", shape, Initialiser.Ones) : scope.G.Constant(Tensor.From<float>(shape, [.. Enumerable.Repeat(1f, (int)shape.ElementCount)]));
        return scope.G.Add("RMSNormalization", x, weight, ("axis", -axes), ("epsilon", epsilon));
    }
}
