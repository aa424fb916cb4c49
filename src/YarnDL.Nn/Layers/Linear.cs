using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>y = x Wᵀ + b: (N, .., in) to (N, .., out), with <c>weight</c> (out, in) and <c>bias</c> (out). PyTorch's layout and first weights.</summary>
/// <param name="inFeatures">Features of the input; null: what the input has.</param>
/// <param name="outFeatures">Features of the output.</param>
/// <param name="bias">Whether there is a bias.</param>
public sealed class Linear(long? inFeatures, long outFeatures, bool bias = true) : Module
{
    public Initialiser Weight { get; init; } = Initialiser.KaimingUniform(Math.Sqrt(5));

    /// <summary>Null: uniform in ±1/sqrt(in).</summary>
    public Initialiser? Bias { get; init; }

    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank < 2 || !x.Shape[^1].IsFixed || !x.Shape[0].IsRows)
        {
            throw scope.Error($"input has shape {x.Shape}", x.Shape.Rank == 1 ? "a linear layer takes (N, .., features); put an embedding before it, or an Unsqueeze in C#" : "a linear layer takes (N, .., features)");
        }

        long seen = x.Shape[^1].Factor;
        if (inFeatures is { } expected && expected != seen)
        {
            throw scope.Error($"input has {seen} features, weight ({outFeatures}, {expected}) expects {expected}",
                x.Shape.Rank > 2 ? "put Flatten() before it if all elements of a row are meant" : $"set inFeatures to {seen} or leave it out");
        }

        Value weight = scope.Parameter("weight", new Shape(outFeatures, seen), Weight);
        Value? b = bias ? scope.Parameter("bias", new Shape(outFeatures), Bias ?? Initialiser.FanInUniform(seen)) : null;
        return Positions.Linear(scope.G, x, weight, b);
    }
}
