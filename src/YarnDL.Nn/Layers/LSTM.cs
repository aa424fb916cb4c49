namespace YarnDL.Nn;

/// <summary>Long short-term memory: gates i, f, g, o. See <see cref="Recurrent"/> for shapes and names.</summary>
public sealed class LSTM(long hidden, int layers = 1, bool bothWays = false, bool sequences = true) : Recurrent(hidden, layers, bothWays, sequences)
{
    private protected override (string Operator, long[] Order) Cell => ("LSTM", [0, 3, 1, 2]);
}
