using YarnDL.Graphs.Ops.Recurrent;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of the gates of GRU.</summary>
public sealed class GRUGrad : RecurrentGradOperator
{
    protected override RecurrentOperator Forward { get; } = new GRU();

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, Dim.N, 3), new(1, 6, 3), new(1, 6, 2), new(1, 12), null, new(1, Dim.N, 2), null, null, new(3, 1, Dim.N, 2), new(3, 1, Dim.N, 2), new(1, Dim.N, 2)], new(("hidden_size", 2)), Outputs: 5) { CheckGradient = false },
        new([new(3, Dim.N, 3), new(1, 6, 3), new(1, 6, 2), new(1, 12), null, new(1, Dim.N, 2), null, null, new(3, 1, Dim.N, 2), new(3, 1, Dim.N, 2), new(1, Dim.N, 2)], new(("hidden_size", 2), ("linear_before_reset", 1)), Outputs: 4) { CheckGradient = false },
    ];
}
