using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Cosh.</summary>
public sealed class Cosh : CompositeOperator
{
    public override string Name => "Cosh";

    public override int Since => 9;

    public override string Doc => "The hyperbolic cosine, element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value e = g.Add("Exp", g.Add("Abs", x[0]!));
        return [g.Add("Mul", g.Add("Add", e, g.Add("Reciprocal", e)), g.Constant(0.5f))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.G.Add("Sinh", c.Input(0)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
