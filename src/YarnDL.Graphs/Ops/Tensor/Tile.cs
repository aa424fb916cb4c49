using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Tile; rows are not repeated.</summary>
public sealed unsafe class Tile : Operator
{
    public override string Name => "Tile";

    public override string Doc => "X repeated along every axis as often as repeats says.";

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        long[] repeats = c.KnownInts(1, "repeats");
        var dims = new Dim[x.Rank];
        if (repeats.Length != dims.Length)
        {
            throw c.Error($"{repeats.Length} repeats are given for {x}", "give one for each axis");
        }

        for (int a = 0; a < dims.Length; a++)
        {
            dims[a] = repeats[a] == 1 ? x[a] : repeats[a] >= 0 && !x[a].IsRows ? x[a].Factor * repeats[a]
                : throw c.Error($"axis {a} of {x} is repeated {repeats[a]} times", "repeats are at least 0, and 1 for rows");
        }

        return [new(c.DType(0), new SymbolicShape(dims))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        long[] repeats = Repeats(c.Node);
        var dims = new List<Dim>();
        var axes = new List<long>();
        for (int a = 0; a < repeats.Length; a++)
        {
            if (repeats[a] != 1)
            {
                axes.Add(dims.Count);
                dims.Add(repeats[a]);
            }

            dims.Add(c.Input(0).Shape[a]);
        }

        if (axes.Count == 0)
        {
            return [c.Dy, null];
        }

        Value split = Gradients.Shapes.Reshape(c.G, c.Dy, new SymbolicShape([.. dims]));
        return [c.G.Add("ReduceSum", [split, c.G.Constant([.. axes])], new Attributes(("keepdims", 0))), null];
    }

    public override double Flops(PrepareContext c) => 0;

    public override object? Prepare(PrepareContext c)
    {
        Shape x = c.Input(0);
        long[] repeats = Repeats(c.Node);
        var extents = new long[2 * x.Rank];
        var steps = new long[2 * x.Rank];
        for (int a = 0; a < x.Rank; a++)
        {
            extents[2 * a] = repeats[a];
            extents[(2 * a) + 1] = x[a];
            steps[(2 * a) + 1] = x.CountFrom(a + 1);
        }

        return new Strided(new Shape(extents), steps, c.Node.Outputs[0]!.DType.Size());
    }

    public override void Run(in RunContext c) => ((Strided)c.State!).Copy(c.Pool, c.Inputs[0].Data, c.Outputs[0].Data);

    private static long[] Repeats(Node node) => [.. node.Inputs[1]!.Known!.Select(d => d.Factor)];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 2), new(3)], Attributes.None) { Integers = { [1] = [1, 2, 3] } },
        new([new(2, 3), new(2)], Attributes.None) { Integers = { [1] = [3, 1] } },
    ];
}
