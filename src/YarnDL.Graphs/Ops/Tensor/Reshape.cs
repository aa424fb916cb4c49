using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Reshape: 0 keeps an extent, one -1 takes what is left.</summary>
public sealed class Reshape : ViewOperator
{
    public override string Name => "Reshape";

    public override int Since => 14;

    public override string Doc => "The elements of X under the given shape; 0 keeps an extent (unless allowzero), one -1 takes what is left.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("allowzero", 0L)];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        IReadOnlyList<Dim> wanted = c.KnownValue(1) ?? throw c.Error("the shape is computed while the graph runs", "make it a constant or arithmetic on shapes");
        var dims = new Dim[wanted.Count];
        int open = -1;
        Count taken = Count.One;
        for (int i = 0; i < dims.Length; i++)
        {
            dims[i] = wanted[i];
            if (dims[i] == 0 && c.Attributes.Int("allowzero") == 0)
            {
                dims[i] = i < x.Rank ? x[i] : throw c.Error($"extent {i} is 0 but the input has rank {x.Rank}", "0 copies an extent of the input");
            }

            if (dims[i] == -1)
            {
                open = open < 0 ? i : throw c.Error("the shape has two extents of -1", "at most one may be left open");
            }
            else
            {
                taken = taken.Times(dims[i]);
            }
        }

        Count all = Count.Of(x);
        if (open >= 0)
        {
            dims[open] = all.Over(taken) ?? throw c.Error($"input {x} cannot be divided into extents ({string.Join(", ", wanted)})", "the extents must divide the number of elements");
        }
        else if (all != taken)
        {
            throw c.Error($"input {x} has {all} elements, shape ({string.Join(", ", wanted)}) asks for {taken}", "they must be equal");
        }

        var shape = new SymbolicShape(dims);
        KeepRows(c, x, shape);
        return [new(c.DType(0), shape, c.Input(0).Known)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3), new(2)], Attributes.None) { Integers = { [1] = [0, -1] } },
        new([new(Dim.N, 6), new(3)], Attributes.None) { Integers = { [1] = [-1, 2, 3] } },
        new([new(Dim.N, 6), new(2)], Attributes.None) { Integers = { [1] = [-1, 2] } },
    ];
}
