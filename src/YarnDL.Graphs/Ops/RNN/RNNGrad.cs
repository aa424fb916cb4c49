using YarnDL.Graphs.Ops.Recurrent;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of the gates of RNN.</summary>
public sealed class RNNGrad : RecurrentGradOperator
{
    protected override RecurrentOperator Forward { get; } = new RNN();

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, Dim.N, 3), new(1, 2, 3), new(1, 2, 2), new(1, 4), null, new(1, Dim.N, 2), null, null, new(3, 1, Dim.N, 2), new(3, 1, Dim.N, 2), new(1, Dim.N, 2)], new(("hidden_size", 2)), Outputs: 4) { CheckGradient = false },
    ];
}
