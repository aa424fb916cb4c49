using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX SpaceToDepth.</summary>
public sealed class SpaceToDepth : CompositeOperator
{
    public override string Name => "SpaceToDepth";

    public override string Doc => "Blocks of pixels become channels: (N, C, H b, W b) to (N, b b C, H, W).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("blocksize", null)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long b = a.Int("blocksize");
        SymbolicShape s = x[0]!.Shape;
        Value y = Gradients.Shapes.Reshape(g, x[0]!, new(s[0], s[1], s[2].Factor / b, b, s[3].Factor / b, b));
        y = g.Add("Transpose", y, ("perm", new long[] { 0, 3, 5, 1, 2, 4 }));
        return [Gradients.Shapes.Reshape(g, y, new(s[0], s[1].Factor * b * b, s[2].Factor / b, s[3].Factor / b))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 4, 6)], new(("blocksize", 2))),
    ];
}
