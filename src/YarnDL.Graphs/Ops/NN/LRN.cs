using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX LRN.</summary>
public sealed class LRN : CompositeOperator
{
    public override string Name => "LRN";

    public override string Doc => "X / (bias + alpha / size times the sum of squares of the size channels around)^beta for X (N, C, ..).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 1e-4f), new("beta", 0.75f), new("bias", 1f), new("size", null)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int size = (int)a.Int("size");
        long channels = x[0]!.Shape[1].Factor;
        long before = (size - 1) / 2;
        Value square = g.Add("Mul", x[0]!, x[0]!);
        var shifted = new Value?[size];
        for (int i = 0; i < size; i++)
        {
            shifted[i] = g.Add("Pick", square, ("axis", 1), ("indices", Formula.Places(channels, c => c + i - before, channels)));
        }

        Value sum = g.Add("Add", g.Add("Mul", Formula.Sum(g, shifted), g.Constant(a.Float("alpha") / size)), g.Constant(a.Float("bias")));
        return [g.Add("Div", x[0]!, g.Add("Pow", sum, g.Constant(a.Float("beta"))))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5, 3)], new(("size", 4), ("alpha", 0.5))),
        new([new(Dim.N, 5, 2, 3)], new(("size", 3), ("alpha", 0.5), ("bias", 2.0))),
    ];
}
