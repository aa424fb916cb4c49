using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Grey-scale dilation, TensorFlow's dilation2d in NCHW.</summary>
public sealed class Dilation2D : CompositeOperator
{
    public override string Name => "Dilation2D";

    public override string Domain => "yarndl";

    public override string Doc => "The largest X + W over each window of X (N, C, H, W) with W (C, kh, kw); padding VALID or SAME, whose taps outside do not count.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("padding", "VALID"), new("rates", new long[] { 1, 1 }), new("strides", new long[] { 1, 1 })];

    protected override (int Least, int Most) Inputs => (2, 2);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape s = x[0]!.Shape;
        SymbolicShape w = x[1]!.Shape;
        if (s.Rank != 4 || w.Rank != 3 || w[0] != s[1] || a.String("padding") is not ("VALID" or "SAME"))
        {
            throw new GraphException($"input is {s}, weight {w}, padding {a.String("padding")}; they must be (N, C, H, W) and (C, kh, kw), padding VALID or SAME");
        }

        long[] kernel = [w[1].Factor, w[2].Factor];
        var window = new Attributes(("kernel_shape", kernel), ("strides", a.Ints("strides")), ("dilations", a.Ints("rates")));
        if (a.String("padding") == "SAME")
        {
            var pads = new long[4];
            for (int i = 0; i < 2; i++)
            {
                (pads[i], pads[i + 2]) = Windows.Same(s[i + 2].Factor, kernel[i], a.Ints("strides")[i], a.Ints("rates")[i], upper: true);
            }

            window = window.With("pads", pads);
        }

        Value taps = WindowTaps.Of(g, x[0]!, window, float.NegativeInfinity);
        Value sums = g.Add("Add", taps, Shapes.Reshape(g, x[1]!, new(w[0], w[1], w[2], 1, 1)));
        return [g.Add("ReduceMax", sums, g.Constant([2L, 3]), ("keepdims", 0))];
    }

    public override Value[]? Decompose(GraphBuilder g, Node node) => null;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5, 4), new(2, 3, 2)], Attributes.None),
        new([new(Dim.N, 2, 5, 4), new(2, 2, 2)], new(("padding", "SAME"), ("strides", new long[] { 2, 1 }), ("rates", new long[] { 1, 2 }))),
    ];
}
