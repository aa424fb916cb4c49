using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Atanh.</summary>
public sealed class Atanh : CompositeOperator
{
    public override string Name => "Atanh";

    public override int Since => 9;

    public override string Doc => "The inverse hyperbolic tangent, element by element; NaN outside -1..1.";

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value x = c.Input(0);
        return [g.Add("Div", c.Dy, g.Add("Mul", g.Add("Sub", g.Constant(1f), x), g.Add("Add", g.Constant(1f), x)))];
    }

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> all, Attributes a)
    {
        Value x = all[0]!;
        return [g.Add("Mul", g.Add("Sub", g.Add("Log1p", x), g.Add("Log1p", g.Add("Neg", x))), g.Constant(0.5f))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -0.9, 0.9), new([new(Dim.N, 3, 7)], Attributes.None, -0.9, 0.9)];
}
