using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Resize.</summary>
public sealed class Resize : CompositeOperator
{
    public override string Name => "Resize";

    public override string Doc => "X with other extents: nearest, linear or cubic, axis by axis but the rows; inputs X, roi, scales, sizes.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("coordinate_transformation_mode", "half_pixel"), new("axes", null, Optional: true), new("cubic_coeff_a", -0.75f), new("mode", "nearest"), new("nearest_mode", "round_prefer_floor")];

    public override int Since => 18;

    protected override (int Least, int Most) Inputs => (1, 4);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape shape = x[0]!.Shape;
        Value y = x[0]!;
        int[] axes = a.Find<long[]>("axes") is { } some ? Array.ConvertAll(some, k => Formula.Axis(k, shape.Rank)) : [.. Enumerable.Range(0, shape.Rank)];
        for (int k = 0; k < axes.Length; k++)
        {
            int axis = axes[k];
            if (shape[axis].IsRows)
            {
                continue;
            }

            long from = shape[axis].Factor;
            long to;
            double scale;
            if (x[3] is { } sizes)
            {
                to = (sizes.Known ?? throw new GraphException("sizes are computed while the graph runs; make them a constant"))[k].Factor;
                scale = (double)to / from;
            }
            else
            {
                scale = x[2]?.Constant?.Span<float>()[k] ?? throw new GraphException("neither sizes nor constant scales are given; give one");
                to = (long)Math.Floor(from * scale);
            }

            y = to == from && scale == 1 ? y : Resample.Axis(g, y, axis, to, scale, a);
        }

        return [ReferenceEquals(y, x[0]) ? g.Add("Identity", y) : y];
    }

    /// <summary>Sizes would fix the number of rows in a file: there the rows are left out of the axes.</summary>
    public override Value[]? Decompose(GraphBuilder g, Node node)
    {
        SymbolicShape shape = node.Inputs[0]!.Shape;
        if (shape.RowAxis < 0 || node.Attributes.Has("axes") || node.Inputs.Count < 4 || node.Inputs[3] is not { Known: { } sizes })
        {
            return null;
        }

        long[] axes = [.. Enumerable.Range(0, shape.Rank).Where(i => i != shape.RowAxis).Select(i => (long)i)];
        Value some = g.Constant([.. axes.Select(i => sizes[(int)i].Factor)]);
        return [g.Add("Resize", [node.Inputs[0], node.Inputs[1], null, some], node.Attributes.With("axes", axes))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3, 4), null, null, new(4)], Attributes.None) { Integers = { [3] = [1, 2, 5, 6] } },
        new([new(Dim.N, 2, 3, 4), null, null, new(4)], new(("mode", "linear"))) { Integers = { [3] = [1, 2, 2, 7] } },
        new([new(Dim.N, 2, 5), null, null, new(3)], new(("mode", "cubic"), ("coordinate_transformation_mode", "align_corners"))) { Integers = { [3] = [1, 2, 9] } },
    ];
}
