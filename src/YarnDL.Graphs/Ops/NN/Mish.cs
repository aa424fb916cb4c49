using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Mish.</summary>
public sealed class Mish : CompositeOperator
{
    public override string Name => "Mish";

    public override int Since => 18;

    public override string Doc => "X tanh(ln(1 + e^X)), element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Mul", x[0]!, g.Add("Tanh", g.Add("Softplus", x[0]!)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
