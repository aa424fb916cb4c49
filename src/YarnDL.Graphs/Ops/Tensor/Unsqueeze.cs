using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Unsqueeze (13): puts axes of extent 1 in.</summary>
public sealed class Unsqueeze : ViewOperator
{
    public override string Name => "Unsqueeze";

    public override string Doc => "X with axes of extent 1 at the given positions of the result.";

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        long[] axes = c.KnownInts(1, "axes");
        int rank = x.Rank + axes.Length;
        var added = new bool[rank];
        foreach (long a in axes)
        {
            int axis = c.Axis(a, rank);
            added[axis] = !added[axis] ? true : throw c.Error($"axis {axis} is given twice", "give each axis once");
        }

        var dims = new Dim[rank];
        for (int a = 0, from = 0; a < rank; a++)
        {
            dims[a] = added[a] ? 1 : x[from++];
        }

        return [new(c.DType(0), new SymbolicShape(dims), c.Input(0).Known)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(2)], Attributes.None) { Integers = { [1] = [1, -1] } },
    ];
}
