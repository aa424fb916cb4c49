using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Asinh.</summary>
public sealed class Asinh : CompositeOperator
{
    public override string Name => "Asinh";

    public override int Since => 9;

    public override string Doc => "The inverse hyperbolic sine, element by element.";

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value x = c.Input(0);
        return [g.Add("Div", c.Dy, g.Add("Sqrt", g.Add("Add", g.Constant(1f), g.Add("Mul", x, x))))];
    }

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> all, Attributes a)
    {
        Value x = all[0]!;
        // log1p(a + a^2 / (1 + sqrt(1 + a^2))) with every square in the denominator, so that nothing overflows.
        Value size = g.Add("Abs", x);
        Value one = g.Add("Reciprocal", size);
        Value root = g.Add("Sqrt", g.Add("Add", g.Constant(1f), g.Add("Mul", one, one)));
        Value y = g.Add("Log1p", g.Add("Add", size, g.Add("Div", size, g.Add("Add", one, root))));
        return [g.Add("Mul", y, g.Add("Sign", x))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -4, 4), new([new(Dim.N, 3, 7)], Attributes.None, -4, 4)];
}
