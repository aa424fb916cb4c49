namespace YarnDL.Nn;

/// <summary>The plain recurrent layer: h = tanh(W x + U h + b), or max(0, ...) with relu. See <see cref="Recurrent"/> for shapes and names. Elman 1990.</summary>
public sealed class RNN(long hidden, int layers = 1, bool bothWays = false, bool sequences = true, bool relu = false) : Recurrent(hidden, layers, bothWays, sequences)
{
    private protected override (string Operator, long[] Order, string[] Activations) Cell => ("RNN", [0], [relu ? "Relu" : Main]);
}
