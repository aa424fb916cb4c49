using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX IsInf.</summary>
public sealed class IsInf : CompositeOperator
{
    public override string Name => "IsInf";

    public override int Since => 20;

    public override string Doc => "True where X is infinite: positive with detect_positive, negative with detect_negative.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("detect_negative", 1L), new("detect_positive", 1L)];

    public override bool IsConstantInput(int input) => true;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value above = g.Add("Equal", x[0]!, g.Constant(float.PositiveInfinity));
        Value below = g.Add("Equal", x[0]!, g.Constant(float.NegativeInfinity));
        return [(a.Int("detect_positive") != 0, a.Int("detect_negative") != 0) switch
        {
            (true, true) => g.Add("Or", above, below),
            (true, false) => above,
            (false, true) => below,
            _ => g.Add("And", above, below),
        }];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None),
        new([new(Dim.N, 3)], new(("detect_negative", 0))),
    ];
}
