using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Sinh.</summary>
public sealed class Sinh : CompositeOperator
{
    public override string Name => "Sinh";

    public override int Since => 9;

    public override string Doc => "The hyperbolic sine, element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value up = g.Add("Expm1", x[0]!);
        Value down = g.Add("Expm1", g.Add("Neg", x[0]!));
        return [g.Add("Mul", g.Add("Sub", up, down), g.Constant(0.5f))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.G.Add("Cosh", c.Input(0)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
