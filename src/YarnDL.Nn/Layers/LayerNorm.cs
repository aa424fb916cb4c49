using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// (x - mean) / sqrt(variance + epsilon) over the last <paramref name="axes"/> axes, times <c>weight</c> plus <c>bias</c>, which have the
/// extents of these axes; first weights 1 and 0.
/// </summary>
public sealed class LayerNorm(int axes = 1, double epsilon = 1e-5, bool affine = true) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Dim[] last = axes > 0 && axes < x.Shape.Rank ? x.Shape.Dims[^axes..].ToArray() : [];
        if (last.Length == 0 || last.Any(d => !d.IsFixed))
        {
            throw scope.Error($"input has shape {x.Shape}", $"the last {axes} axes are normalised; they must be there and not be the rows");
        }

        var shape = new Shape([.. last.Select(d => d.Factor)]);
        var options = new Attributes(("axis", -axes), ("epsilon", epsilon));
        return affine ? scope.G.Add("LayerNormalization", [x, scope.Parameter("weight", shape, Initialiser.Constant(1)), scope.Parameter("bias", shape, Initialiser.Constant(0))], options)
            : scope.G.Add("LayerNormalization", [x], options);
    }
}
