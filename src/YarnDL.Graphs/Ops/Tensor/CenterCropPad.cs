using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX CenterCropPad.</summary>
public sealed class CenterCropPad : CompositeOperator
{
    public override string Name => "CenterCropPad";

    public override int Since => 18;

    public override string Doc => "The middle of X, or X in the middle of zeros, axis by axis with the extents of input 1 (all axes, or those of axes); an odd element is cut or added at the end, and the rows keep their extent.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axes", null, Optional: true)];

    protected override (int Least, int Most) Inputs => (2, 2);

    public override bool IsConstantInput(int input) => input == 1;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape shape = x[0]!.Shape;
        IReadOnlyList<Dim> wanted = x[1]!.Known ?? throw new GraphException("the shape is computed while the graph runs; make it a constant or arithmetic on shapes");
        long[] axes = a.Find<long[]>("axes") ?? [.. Enumerable.Range(0, shape.Rank)];
        if (wanted.Count != axes.Length)
        {
            throw new GraphException($"the shape has {wanted.Count} extents for {axes.Length} axes; give one for each");
        }

        var pads = new long[2 * shape.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            int axis = Formula.Axis(axes[i], shape.Rank);
            Dim has = shape[axis];
            if (has != wanted[i] && !(has.IsFixed && wanted[i].IsFixed))
            {
                throw new GraphException($"axis {axis} of {shape} is to have extent {wanted[i]}; the rows cannot be cut or padded: name the other axes");
            }

            long more = wanted[i].Factor - has.Factor; // negative pads cut
            pads[axis] = more / 2;
            pads[axis + shape.Rank] = more - (more / 2);
        }

        return [g.Add("Pad", x[0]!, g.Constant(pads))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5, 2), new(2)], new(("axes", new long[] { 1, -1 }))) { Integers = { [1] = [2, 5] } },
        new([new(3, 4), new(2)], Attributes.None) { Integers = { [1] = [6, 1] } },
    ];
}
