using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>A recurrent layer whose products are convolutions (Shi et al. 2015).</summary>
public sealed class ConvLSTM : CompositeOperator
{
    public override string Name => "ConvLSTM";

    public override string Domain => "yarndl";

    public override string Doc => "X (N, T, C, spatial..) with W (4M, C, kernel..), R (4M, M, kernel..), B (4M) and peepholes P (3M) in the order i, f, o: i, f, o = gate(W x + R h + P c), c = f c + i activation(..), h = o activation(c), gates of W, R and B in the order i, f, c, o; the convolution of h keeps its extents. Y is (N, T, M, ..), or the last step with sequences 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } =
        [new("activation", "Tanh"), new("auto_pad", "SAME_UPPER"), new("gate", "Sigmoid"), new("sequences", 1L), new("strides", null, Optional: true)];

    protected override (int Least, int Most) Inputs => (3, 5);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape s = x[0]!.Shape;
        if (s.Rank < 4 || s.RowAxis > 0 || x[1]!.Shape.Rank != s.Rank - 1 || x[1]!.Shape[0].Factor % 4 != 0
            || x[2]!.Shape.Rank != s.Rank - 1 || x[2]!.Shape[0] != x[1]!.Shape[0] || x[2]!.Shape[1] != x[1]!.Shape[0].Factor / 4)
        {
            throw new GraphException($"input is {s}, weights {x[1]!.Shape} and {x[2]!.Shape}; they must be (N, T, C, spatial..), (4M, C, kernel..) and (4M, M, kernel..)");
        }

        if (s[1].Factor == 0 || (x[4] is { } holes && !holes.Shape.Equals(new SymbolicShape(3 * x[2]!.Shape[1].Factor))))
        {
            throw new GraphException($"input is {s}, peepholes {x[4]?.Shape.ToString() ?? "none"}; there must be a step, and peepholes must be (3M)");
        }

        long steps = s[1].Factor;
        long filters = x[1]!.Shape[0].Factor / 4;
        int spatial = s.Rank - 3;
        var window = new Attributes(("auto_pad", a.String("auto_pad")));
        window = a.Find<long[]>("strides") is { } strides ? window.With("strides", strides) : window;
        Value frames = Shapes.Reshape(g, x[0]!, new([s[0] with { Factor = s[0].Factor * steps }, .. s.Dims[2..]]));
        Value all = g.Add("Conv", x[3] is null ? [frames, x[1]] : [frames, x[1], x[3]], window);
        all = Shapes.Reshape(g, all, new([s[0], steps, .. all.Shape.Dims[1..]]));
        Value? h = null;
        Value? c = null;
        var states = new List<Value>();
        for (long t = 0; t < steps; t++)
        {
            Value now = Formula.Part(g, all, 1, t, t + 1);
            now = Shapes.Reshape(g, now, Formula.Dropped(now.Shape, [1]));
            now = h is null ? now : g.Add("Add", now, g.Add("Conv", [h, x[2]], new Attributes(("auto_pad", "SAME_UPPER"))));
            Value Part(int gate) => Formula.Part(g, now, 1, gate * filters, (gate + 1) * filters);
            Value Seen(Value v, int hole, Value? cell) => x[4] is null || cell is null ? v
                : g.Add("Add", v, g.Add("Mul", cell, Formula.PerChannel(g, Formula.Part(g, x[4]!, 0, hole * filters, (hole + 1) * filters), spatial)));
            Value fresh = g.Add("Mul", Gate(g, a, Seen(Part(0), 0, c)), g.Add(a.String("activation"), Part(2)));
            c = c is null ? fresh : g.Add("Add", g.Add("Mul", Gate(g, a, Seen(Part(1), 1, c)), c), fresh);
            h = g.Add("Mul", Gate(g, a, Seen(Part(3), 2, c)), g.Add(a.String("activation"), c));
            states.Add(h);
        }

        return [a.Int("sequences") == 0 ? h! : g.Add("Concat", [.. states.Select(v => g.Add("Unsqueeze", v, g.Constant([1L])))], new Attributes(("axis", 1)))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 2, 3, 4), new(8, 2, 3, 3), new(8, 2, 3, 3), new(8)], Attributes.None),
        new([new(Dim.N, 3, 1, 5), new(8, 1, 3), new(8, 2, 3), null, new(6)], new(("auto_pad", "VALID"), ("sequences", 0), ("gate", "HardSigmoid"))),
    ];

    private static Value Gate(GraphBuilder g, Attributes a, Value x) => a.String("gate") == "HardSigmoid" ? g.Add("HardSigmoid", x, ("alpha", 0.2), ("beta", 0.5)) : g.Add(a.String("gate"), x);
}
