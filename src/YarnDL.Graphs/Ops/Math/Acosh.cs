using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Acosh.</summary>
public sealed class Acosh : CompositeOperator
{
    public override string Name => "Acosh";

    public override int Since => 9;

    public override string Doc => "The inverse hyperbolic cosine, element by element; NaN below 1.";

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value x = c.Input(0);
        return [g.Add("Div", c.Dy, g.Add("Mul", g.Add("Sqrt", g.Add("Sub", x, g.Constant(1f))), g.Add("Sqrt", g.Add("Add", x, g.Constant(1f)))))];
    }

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> all, Attributes a)
    {
        Value x = all[0]!;
        Value above = g.Add("Sub", x, g.Constant(1f));
        Value root = g.Add("Mul", g.Add("Sqrt", above), g.Add("Sqrt", g.Add("Add", x, g.Constant(1f))));
        return [g.Add("Log1p", g.Add("Add", above, root))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, 1.1, 4), new([new(Dim.N, 3, 7)], Attributes.None, 1.1, 4)];
}
