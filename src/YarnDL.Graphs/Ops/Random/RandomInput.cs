using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>What a generating network starts from: random numbers while it trains, the numbers it is given at all other times.</summary>
public sealed class RandomInput : NoiseOperator
{
    public override string Name => "RandomInput";

    public override string Doc => "X at rest; in training a random number for each element of X, whose content is then not read: normal, or uniform of -1 .. 1.";

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [new("uniform", 0L)];

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream) =>
        a.Int("uniform") != 0 ? g.Add("RandomUniform", x[0]!, ("low", -1f), ("high", 1f), ("stream", stream)) : g.Add("RandomNormal", x[0]!, ("stream", stream));

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 7)], new(("stream", 3))),
        new([new(Dim.N, 5)], new(("stream", 1), ("uniform", 1))),
        new([new(Dim.N, 3)], Attributes.None),
    ];
}
