using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Noise that is added.</summary>
public sealed class GaussianNoise : NoiseOperator
{
    public override string Name => "GaussianNoise";

    public override string Doc => "X at rest; in training X plus a normal number of mean 0 and the deviation.";

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [new("deviation", 1f)];

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream) =>
        g.Add("Add", x[0]!, g.Add("RandomNormal", x[0]!, ("deviation", a.Float("deviation")), ("stream", stream)));

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 7)], new(("deviation", 0.5), ("stream", 3))), new([new(Dim.N, 3)], Attributes.None)];
}
