using YarnDL.Graphs.Ops.Recurrent;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX LSTM.</summary>
public sealed class LSTM : RecurrentOperator
{
    public override string Name => "LSTM";

    public override string Doc => "Gates i, o, f, c over the steps of X (T, N, I), W (D, 4H, I), R (D, 4H, H), peepholes P (D, 3H) of i, o, f: C = f C + i c, H = o tanh(C). After sequence_lens steps a row stands still and Y is 0.";

    internal override int Gates => 4;

    internal override bool HasCell => true;

    internal override string[] Functions { get; } = ["Sigmoid", "Tanh", "Tanh"];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(4, Dim.N, 3), new(1, 8, 3), new(1, 8, 2), new(1, 16)], new(("hidden_size", 2)), Outputs: 3),
        new([new(3, Dim.N, 3), new(2, 8, 3), new(2, 8, 2), new(2, 16), new(Dim.N), new(2, Dim.N, 2), new(2, Dim.N, 2), new(2, 6)], new(("hidden_size", 2), ("direction", "bidirectional"))) { Indices = { [4] = 4 } },
        new([new(3, Dim.N, 3), new(1, 36, 3), new(1, 36, 9)], new(("hidden_size", 9), ("direction", "reverse"))),
    ];
}
