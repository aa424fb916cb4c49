using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Noise that multiplies.</summary>
public sealed class GaussianDropout : NoiseOperator
{
    public override string Name => "GaussianDropout";

    public override string Doc => "X at rest; in training X times a normal number of mean 1 and deviation sqrt(ratio / (1 - ratio)).";

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [new("ratio", 0.5f)];

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream)
    {
        double ratio = Ratio(a);
        return g.Add("Mul", x[0]!, g.Add("RandomNormal", x[0]!, ("mean", 1f), ("deviation", (float)Math.Sqrt(ratio / (1 - ratio))), ("stream", stream)));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 7)], new(("ratio", 0.25), ("stream", 3))), new([new(Dim.N, 3)], Attributes.None)];
}
