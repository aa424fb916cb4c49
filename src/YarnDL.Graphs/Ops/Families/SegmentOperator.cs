using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>What is said of each segment (shard) of the rows, repeated for each of its rows.</summary>
public abstract class SegmentOperator : Operator
{
    public override string Domain => "yarndl";

    public override RowBehaviour Rows => RowBehaviour.Mixes;

    /// <summary>Refuses a value whose first axis is not one place per row.</summary>
    private protected static SymbolicShape RowsFirst(InferContext c, int rank)
    {
        c.ExpectInputs(1);
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(0);
        return x.Rank >= rank && (x[0] == Dim.N || x.RowAxis < 0) ? x : throw c.Error($"input is {x}", "its first axis must be the rows");
    }

    /// <summary>Rows of segment s; without rows all of axis 0 is one segment.</summary>
    private protected static unsafe (long First, long Count) Segment(in RunContext c, int s) => c.Node.Inputs[0]!.Shape.RowAxis < 0
        ? (0, s == 0 ? c.Inputs[0].Shape[0] : 0) : (c.Rows.Borders[s], c.Rows.Borders[s + 1] - c.Rows.Borders[s]);
}
