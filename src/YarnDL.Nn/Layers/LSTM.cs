using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Long short-term memory: gates i, f, g, o. See <see cref="Recurrent"/> for shapes and names. Hochreiter and Schmidhuber 1997.</summary>
public sealed class LSTM(long hidden, int layers = 1, bool bothWays = false, bool sequences = true) : Recurrent(hidden, layers, bothWays, sequences)
{
    /// <summary>The gates also see the cell: <c>weight_peephole_l0</c> (3 H) for i, f and o. Gers and Schmidhuber 2000.</summary>
    public bool Peepholes { get; init; }

    private protected override (string Operator, long[] Order, string[] Activations) Cell => ("LSTM", [0, 3, 1, 2], [Gate, Main, Main]);

    private protected override Value? Peephole(ModuleScope scope, int layer, string side) => !Peepholes ? null
        : Gates(scope.G, scope.Parameter(string.Create(CultureInfo.InvariantCulture, $"weight_peephole_l{layer}{side}"), new Shape(3 * Hidden), Initialiser.FanInUniform(Hidden)), [0, 2, 1]);
}
