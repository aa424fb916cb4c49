using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Dropout by a keyed mask, of elements or of whole channels.</summary>
public sealed class KeyedDropout : NoiseOperator
{
    public override string Name => "KeyedDropout";

    public override string Doc => "X at rest; in training X / (1 - ratio) where a uniform number is at least ratio, else 0, drawn for each element or, with channels, for each row and channel of X (N, C, ..).";

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [new("channels", 0L), new("ratio", 0.5f)];

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream)
    {
        float ratio = Ratio(a);
        return g.Add("Mul", x[0]!, g.Add("RandomMask", x[0]!, ("ratio", ratio), ("kept", (float)(1 / (1.0 - ratio))), ("channels", a.Int("channels")), ("stream", stream)));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], new(("ratio", 0.25), ("stream", 3))),
        new([new(Dim.N, 4, 3)], new(("channels", 1), ("stream", 3))),
        new([new(Dim.N, 3)], Attributes.None),
    ];
}
