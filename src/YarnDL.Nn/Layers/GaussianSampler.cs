using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Of two inputs, mean and log-variance: in training mean + e^(log-variance / 2) times a normal number, else the mean. Kingma and Welling 2014.</summary>
public sealed class GaussianSampler : Module
{
    public override Value Forward(ModuleScope scope, Value x) => throw scope.Error("one input was given", "it takes mean and log-variance");

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs) => inputs.Count == 2 ? scope.G.Add("GaussianSampler", inputs[0], inputs[1])
        : throw scope.Error($"{inputs.Count} inputs were given", "it takes mean and log-variance");
}
