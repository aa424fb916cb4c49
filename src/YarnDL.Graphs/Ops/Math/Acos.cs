using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Acos.</summary>
public sealed class Acos : CompositeOperator
{
    public override string Name => "Acos";

    public override int Since => 7;

    public override string Doc => "The arc cosine in radians, element by element; NaN outside -1..1.";

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value x = c.Input(0);
        return [g.Add("Neg", g.Add("Div", c.Dy, g.Add("Sqrt", g.Add("Mul", g.Add("Sub", g.Constant(1f), x), g.Add("Add", g.Constant(1f), x)))))];
    }

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> all, Attributes a)
    {
        Value x = all[0]!;
        Value half = g.Add("Atan", g.Add("Sqrt", g.Add("Div", g.Add("Sub", g.Constant(1f), x), g.Add("Add", g.Constant(1f), x))));
        return [g.Add("Add", half, half)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -0.9, 0.9), new([new(Dim.N, 3, 7)], Attributes.None, -0.9, 0.9)];
}
