using YarnDL.Testing;

namespace YarnDL.Nn.Tests.GoldenLayers;

/// <summary>A case as a layer: the module, the inputs it takes in order (null: all of the case), how its parameters are called there.</summary>
internal sealed record LayerCase(Module Layer, string[]? Inputs = null, params (string Own, string Theirs)[] Names)
{
    /// <summary>Values of a parameter that the case holds in another layout; then its gradient is not compared.</summary>
    public Func<GoldenCase, string, float[]?>? Values { get; init; }

    /// <summary>Name of the output that is compared.</summary>
    public string Output { get; init; } = "Y";

    public static implicit operator LayerCase(Module layer) => new(layer);
}
