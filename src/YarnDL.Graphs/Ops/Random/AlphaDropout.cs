using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Dropout that keeps mean and variance behind SELU (Klambauer et al. 2017).</summary>
public sealed class AlphaDropout : NoiseOperator
{
    private const double Low = -1.7580993408473766; // -scale alpha of SELU

    public override string Name => "AlphaDropout";

    public override string Doc => "X at rest; in training a (X mask + low (1 - mask)) + b with low = -1.7580993, q = 1 - ratio, a = (q + low^2 q (1 - q))^-1/2, b = -a (1 - q) low.";

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [new("ratio", 0.5f)];

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream)
    {
        double q = 1 - Ratio(a);
        double scale = 1 / Math.Sqrt(q + (Low * Low * q * (1 - q)));
        Value mask = g.Add("RandomMask", x[0]!, ("ratio", a.Float("ratio")), ("stream", stream));
        Value dropped = g.Add("Mul", g.Add("Sub", g.Constant(1f), mask), g.Constant((float)Low));
        Value mixed = g.Add("Add", g.Add("Mul", x[0]!, mask), dropped);
        return g.Add("Add", g.Add("Mul", mixed, g.Constant((float)scale)), g.Constant((float)(-scale * (1 - q) * Low)));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 7)], new(("ratio", 0.25), ("stream", 3))), new([new(Dim.N, 3)], Attributes.None)];
}
