using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>Images turned, stretched and moved a little while a model trains, another way in every epoch.</summary>
public sealed class RandomAffine : NoiseOperator
{
    private const double Degree = 0.017453292519943295;

    public override string Name => "RandomAffine";

    public override string Doc => "X (N, C, H, W) at rest; in training pixel p of an image, seen from its centre, is the bilinear value of X at z R p + t, borders repeated: R turns by up to degrees, z is 1 - scale .. 1 + scale, t up to shift pixels along x and y; angle, z, tx and ty are uniform, elements 0 to 3 of the row.";

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [new("degrees", 0f), new("scale", 0f), new("shift", 0f)];

    private protected override Value Resting(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Check(x[0]!, a);
        return base.Resting(g, x, a);
    }

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream)
    {
        Check(x[0]!, a);
        (long height, long width) = (x[0]!.Shape[2].Factor, x[0]!.Shape[3].Factor);
        Value first = g.Add("Slice", [g.Add("Flatten", x[0]!), g.Constant([0L]), g.Constant([1L]), g.Constant([1L])]);
        Value drawn = g.Add("RandomUniform", g.Add("Concat", [first, first, first, first], new Attributes(("axis", 1))), ("low", -1f), ("high", 1f), ("stream", stream));
        Value angle = g.Add("Mul", Column(g, drawn, 0), g.Constant((float)(a.Float("degrees") * Degree)));
        Value zoom = g.Add("Add", g.Add("Mul", Column(g, drawn, 1), g.Constant(a.Float("scale"))), g.Constant(1f));
        Value cos = g.Add("Mul", zoom, g.Add("Cos", angle));
        Value sin = g.Add("Mul", zoom, g.Add("Sin", angle));
        Value across = Places(g, width, true);
        Value down = Places(g, height, false);
        Value sx = g.Add("Add", g.Add("Sub", g.Add("Mul", cos, across), g.Add("Mul", sin, down)), Moved(g, drawn, 2, a));
        Value sy = g.Add("Add", g.Add("Add", g.Add("Mul", sin, across), g.Add("Mul", cos, down)), Moved(g, drawn, 3, a));
        Value grid = g.Add("Concat", [Edges(g, sx, width), Edges(g, sy, height)], new Attributes(("axis", 3)));
        return g.Add("GridSample", x[0]!, grid, ("padding_mode", "border"));
    }

    // (N, 1, 1) of (N, 4).
    private static Value Column(GraphBuilder g, Value drawn, long column) =>
        g.Add("Unsqueeze", g.Add("Slice", [drawn, g.Constant([column]), g.Constant([column + 1]), g.Constant([1L])]), g.Constant([2L]));

    private static Value Moved(GraphBuilder g, Value drawn, long column, Attributes a) => g.Add("Mul", Column(g, drawn, column), g.Constant(a.Float("shift")));

    // Distance of pixels from the centre: (1, 1, W) or (1, H, 1).
    private static Value Places(GraphBuilder g, long extent, bool across)
    {
        var places = new float[extent];
        for (int i = 0; i < extent; i++)
        {
            places[i] = i - ((extent - 1) / 2f);
        }

        return g.Constant(Tensor.From<float>(across ? new Shape(1, 1, extent) : new Shape(1, extent, 1), places));
    }

    // Pixels from the centre as GridSample counts them: the image's edges are -1 and 1.
    private static Value Edges(GraphBuilder g, Value pixels, long extent) => g.Add("Unsqueeze", g.Add("Mul", pixels, g.Constant(2f / extent)), g.Constant([3L]));

    private static void Check(Value x, Attributes a)
    {
        if (x.Shape.Rank != 4 || x.Shape.RowAxis != 0 || a.Float("degrees") is not >= 0 || a.Float("shift") is not >= 0 || a.Float("scale") is not (>= 0 and < 1))
        {
            throw new GraphException($"X is {x.Shape}, degrees {a.Float("degrees")}, shift {a.Float("shift")}, scale {a.Float("scale")}; X must be (N, C, H, W), degrees and shift at least 0, scale 0 or more and below 1");
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5, 4)], new(("degrees", 30.0), ("scale", 0.25), ("shift", 1.5), ("stream", 3))),
        new([new(Dim.N, 1, 1, 3)], new(("shift", 2.0), ("stream", 1))),
        new([new(Dim.N, 1, 2, 3)], Attributes.None),
    ];
}
