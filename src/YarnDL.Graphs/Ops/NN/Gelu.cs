using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Gelu.</summary>
public sealed class Gelu : CompositeOperator
{
    public override string Name => "Gelu";

    public override int Since => 20;

    public override string Doc => "X / 2 (1 + erf(X / sqrt 2)), or with approximate = tanh X / 2 (1 + tanh(sqrt(2 / pi) (X + 0.044715 X^3))), element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("approximate", "none")];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value inner;
        if (a.String("approximate") == "tanh")
        {
            Value cube = g.Add("Mul", g.Add("Mul", x[0]!, x[0]!), x[0]!);
            Value sum = g.Add("Add", x[0]!, g.Add("Mul", cube, g.Constant(0.044715f)));
            inner = g.Add("Tanh", g.Add("Mul", sum, g.Constant(0.797884561f)));
        }
        else
        {
            inner = g.Add("Erf", g.Add("Mul", x[0]!, g.Constant(0.707106781f)));
        }

        return [g.Add("Mul", g.Add("Mul", x[0]!, g.Constant(0.5f)), g.Add("Add", inner, g.Constant(1f)))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None, -3, 3),
        new([new(Dim.N, 3, 7)], new(("approximate", "tanh")), -3, 3),
    ];
}
