using YarnDL.Graphs.Ops.Recurrent;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of the gates of LSTM.</summary>
public sealed class LSTMGrad : RecurrentGradOperator
{
    protected override RecurrentOperator Forward { get; } = new LSTM();

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, Dim.N, 3), new(1, 8, 3), new(1, 8, 2), new(1, 16), null, new(1, Dim.N, 2), new(1, Dim.N, 2), null, new(3, 1, Dim.N, 2), new(3, 1, Dim.N, 2), new(1, Dim.N, 2)], new(("hidden_size", 2)), Outputs: 7) { CheckGradient = false },
    ];
}
