using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Gated recurrent unit: gates r, z, n. See <see cref="Recurrent"/> for shapes and names. Cho et al. 2014.</summary>
public sealed class GRU(long hidden, int layers = 1, bool bothWays = false, bool sequences = true) : Recurrent(hidden, layers, bothWays, sequences)
{
    /// <summary>The reset gate acts after the product with the state, as in PyTorch; else before, as in the paper.</summary>
    public bool ResetAfter { get; init; } = true;

    private protected override (string Operator, long[] Order, string[] Activations) Cell => ("GRU", [1, 0, 2], [Gate, Main]);

    private protected override Attributes More(Attributes a) => ResetAfter ? a.With("linear_before_reset", 1) : a;
}
