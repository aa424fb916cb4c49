using YarnDL.Graphs.Ops.Recurrent;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GRU.</summary>
public sealed class GRU : RecurrentOperator
{
    public override string Name => "GRU";

    public override string Doc => "Gates z, r, h over the steps of X (T, N, I), W (D, 3H, I), R (D, 3H, H): H = (1 - z) h + z H; linear_before_reset = 1 resets after the product. After sequence_lens steps a row stands still and Y is 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("linear_before_reset", 0L)];

    internal override int Gates => 3;

    internal override string[] Functions { get; } = ["Sigmoid", "Tanh"];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(4, Dim.N, 3), new(1, 6, 3), new(1, 6, 2), new(1, 12)], new(("hidden_size", 2), ("linear_before_reset", 1)), Outputs: 2),
        new([new(3, Dim.N, 3), new(2, 6, 3), new(2, 6, 2), new(2, 12), new(Dim.N), new(2, Dim.N, 2)], new(("hidden_size", 2), ("direction", "bidirectional"))) { Indices = { [4] = 4 } },
        new([new(3, Dim.N, 3), new(1, 27, 3), new(1, 27, 9)], new(("hidden_size", 9), ("direction", "reverse"))),
    ];
}
