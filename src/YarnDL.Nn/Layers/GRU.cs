using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Gated recurrent unit: gates r, z, n; the reset gate acts after the product, as in PyTorch. See <see cref="Recurrent"/> for shapes and names.</summary>
public sealed class GRU(long hidden, int layers = 1, bool bothWays = false, bool sequences = true) : Recurrent(hidden, layers, bothWays, sequences)
{
    private protected override (string Operator, long[] Order) Cell => ("GRU", [1, 0, 2]);

    private protected override Attributes More(Attributes a, int directions) => a.With("linear_before_reset", 1);
}
