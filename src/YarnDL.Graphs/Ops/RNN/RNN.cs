using YarnDL.Graphs.Ops.Recurrent;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX RNN.</summary>
public sealed class RNN : RecurrentOperator
{
    public override string Name => "RNN";

    public override string Doc => "H = f(X Wᵀ + H Rᵀ + Wb + Rb) over the steps of X (T, N, I), W (D, H, I), R (D, H, H); f is Tanh, Relu or Sigmoid. After sequence_lens steps a row stands still and Y is 0.";

    internal override int Gates => 1;

    internal override string[] Functions { get; } = ["Tanh"];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(4, Dim.N, 3), new(1, 2, 3), new(1, 2, 2), new(1, 4)], new(("hidden_size", 2)), Outputs: 2),
        new([new(3, Dim.N, 3), new(2, 2, 3), new(2, 2, 2), null, new(Dim.N), new(2, Dim.N, 2)], new(("hidden_size", 2), ("direction", "bidirectional"))) { Indices = { [4] = 4 } },
    ];
}
