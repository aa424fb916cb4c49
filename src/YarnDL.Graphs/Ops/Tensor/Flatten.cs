using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Flatten: a matrix of the extents before and from the axis.</summary>
public sealed class Flatten : ViewOperator
{
    public override string Name => "Flatten";

    public override string Doc => "The elements of X as a matrix: extents before axis are rows, the others columns.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 1L)];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        long given = c.Attributes.Int("axis");
        int axis = given == x.Rank ? x.Rank : c.Axis(given, Math.Max(x.Rank, 1));
        Count left = Count.Of(new SymbolicShape(x.Dims[..axis]));
        Count right = Count.Of(new SymbolicShape(x.Dims[axis..]));
        if (left.Rows > 1 || right.Rows > 1)
        {
            throw c.Error($"shape {x} has more than one row axis", "it must have one at most");
        }

        var shape = new SymbolicShape(left.Over(Count.One)!.Value, right.Over(Count.One)!.Value);
        KeepRows(c, x, shape);
        return [new(c.DType(0), shape)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3)], Attributes.None),
        new([new(Dim.N, 2, 3)], new(("axis", 2))),
        new([new(Dim.N)], Attributes.None),
    ];
}
