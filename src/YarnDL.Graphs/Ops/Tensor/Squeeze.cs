using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Squeeze (13): takes axes of extent 1 away.</summary>
public sealed class Squeeze : ViewOperator
{
    public override string Name => "Squeeze";

    public override string Doc => "X without the given axes of extent 1; without axes, without all of them.";

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        var gone = new bool[x.Rank];
        if (c.Has(1))
        {
            foreach (long a in c.KnownInts(1, "axes"))
            {
                int axis = c.Axis(a, x.Rank);
                gone[axis] = x[axis] == 1 ? true : throw c.Error($"axis {axis} of {x} has extent {x[axis]}", "only axes of extent 1 can be taken away");
            }
        }
        else
        {
            for (int a = 0; a < gone.Length; a++)
            {
                gone[a] = x[a] == 1;
            }
        }

        var dims = new List<Dim>();
        for (int a = 0; a < gone.Length; a++)
        {
            if (!gone[a])
            {
                dims.Add(x[a]);
            }
        }

        return [new(c.DType(0), new SymbolicShape([.. dims]), c.Input(0).Known)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 1, 3), new(1)], Attributes.None) { Integers = { [1] = [1] } },
        new([new(Dim.N, 1, 3, 1)], Attributes.None),
    ];
}
