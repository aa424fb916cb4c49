using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Asin.</summary>
public sealed class Asin : CompositeOperator
{
    public override string Name => "Asin";

    public override int Since => 7;

    public override string Doc => "The arc sine in radians, element by element; NaN outside -1..1.";

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value x = c.Input(0);
        return [g.Add("Div", c.Dy, g.Add("Sqrt", g.Add("Mul", g.Add("Sub", g.Constant(1f), x), g.Add("Add", g.Constant(1f), x))))];
    }

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> all, Attributes a)
    {
        Value x = all[0]!;
        return [g.Add("Atan", g.Add("Div", x, g.Add("Sqrt", g.Add("Mul", g.Add("Sub", g.Constant(1f), x), g.Add("Add", g.Constant(1f), x)))))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -0.9, 0.9), new([new(Dim.N, 3, 7)], Attributes.None, -0.9, 0.9)];
}
