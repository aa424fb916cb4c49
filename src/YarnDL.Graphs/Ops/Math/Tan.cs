using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Tan.</summary>
public sealed class Tan : CompositeOperator
{
    public override string Name => "Tan";

    public override int Since => 7;

    public override string Doc => "The tangent of radians, element by element.";

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value x = c.Input(0);
        return [g.Add("Mul", c.Dy, g.Add("Add", g.Constant(1f), g.Add("Mul", c.Output(0), c.Output(0))))];
    }

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> all, Attributes a)
    {
        Value x = all[0]!;
        return [g.Add("Div", g.Add("Sin", x), g.Add("Cos", x))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -1.2, 1.2), new([new(Dim.N, 3, 7)], Attributes.None, -1.2, 1.2)];
}
