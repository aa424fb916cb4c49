using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX HardSwish.</summary>
public sealed class HardSwish : CompositeOperator
{
    public override string Name => "HardSwish";

    public override int Since => 14;

    public override string Doc => "X max(0, min(1, X / 6 + 1 / 2)), element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Mul", x[0]!, g.Add("HardSigmoid", x[0]!, ("alpha", 1f / 6), ("beta", 0.5f)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
