using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>A rectifier with random slopes (Xu et al. 2015).</summary>
public sealed class RRelu : NoiseOperator
{
    public override string Name => "RRelu";

    public override string Doc => "X where X > 0, else slope X with slope (lower + upper) / 2 at rest, in training a uniform number of lower .. upper for each element.";

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [new("lower", 0.125f), new("upper", 1f / 3)];

    private protected override Value Resting(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) =>
        g.Add("LeakyRelu", x[0]!, ("alpha", (float)(((double)a.Float("lower") + a.Float("upper")) / 2)));

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream) =>
        g.Add("PRelu", x[0]!, g.Add("RandomUniform", x[0]!, ("low", a.Float("lower")), ("high", a.Float("upper")), ("stream", stream)));

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 7)], new(("stream", 3))), new([new(Dim.N, 3)], Attributes.None)];
}
