using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Resize.</summary>
public sealed class Resize : CompositeOperator
{
    public override string Name => "Resize";

    public override string Doc => "X with other extents: nearest, linear or cubic, axis by axis but the rows; inputs X, roi, scales, sizes.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("coordinate_transformation_mode", "half_pixel"), new("cubic_coeff_a", -0.75f), new("mode", "nearest"), new("nearest_mode", "round_prefer_floor")];

    protected override (int Least, int Most) Inputs => (1, 4);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape shape = x[0]!.Shape;
        Value y = x[0]!;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis].IsRows)
            {
                continue;
            }

            long from = shape[axis].Factor;
            long to;
            double scale;
            if (x[3] is { } sizes)
            {
                to = (sizes.Known ?? throw new GraphException("sizes are computed while the graph runs; make them a constant"))[axis].Factor;
                scale = (double)to / from;
            }
            else
            {
                scale = x[2]?.Constant?.Span<float>()[axis] ?? throw new GraphException("neither sizes nor constant scales are given; give one");
                to = (long)Math.Floor(from * scale);
            }

            y = to == from && scale == 1 ? y : Resample.Axis(g, y, axis, to, scale, a);
        }

        return [ReferenceEquals(y, x[0]) ? g.Add("Identity", y) : y];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3, 4), null, null, new(4)], Attributes.None) { Integers = { [3] = [1, 2, 5, 6] } },
        new([new(Dim.N, 2, 3, 4), null, null, new(4)], new(("mode", "linear"))) { Integers = { [3] = [1, 2, 2, 7] } },
        new([new(Dim.N, 2, 5), null, null, new(3)], new(("mode", "cubic"), ("coordinate_transformation_mode", "align_corners"))) { Integers = { [3] = [1, 2, 9] } },
    ];
}
