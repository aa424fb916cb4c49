using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX DepthToSpace.</summary>
public sealed class DepthToSpace : CompositeOperator
{
    public override string Name => "DepthToSpace";

    public override string Doc => "Blocks of channels become blocks of pixels: (N, C b b, H, W) to (N, C, H b, W b); mode DCR or CRD.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("blocksize", null), new("mode", "DCR")];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long b = a.Int("blocksize");
        SymbolicShape s = x[0]!.Shape;
        long c = s[1].Factor / (b * b);
        if (a.String("mode") is not ("DCR" or "CRD"))
        {
            throw new GraphException($"mode is {a.String("mode")}; it must be DCR or CRD");
        }

        bool columns = a.String("mode") == "CRD";
        Value y = Gradients.Shapes.Reshape(g, x[0]!, columns ? new(s[0], c, b, b, s[2], s[3]) : new(s[0], b, b, c, s[2], s[3]));
        y = g.Add("Transpose", y, ("perm", columns ? new long[] { 0, 1, 4, 2, 5, 3 } : new long[] { 0, 3, 4, 1, 5, 2 }));
        return [Gradients.Shapes.Reshape(g, y, new(s[0], c, s[2].Factor * b, s[3].Factor * b))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 8, 2, 3)], new(("blocksize", 2))),
        new([new(Dim.N, 4, 2, 3)], new(("blocksize", 2), ("mode", "CRD"))),
    ];
}
