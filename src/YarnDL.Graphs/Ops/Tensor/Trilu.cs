using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Trilu.</summary>
public sealed unsafe class Trilu : Operator
{
    public override string Name => "Trilu";

    public override int Since => 14;

    public override string Doc => "X (.., r, c) with zeros below (upper = 1) or above (upper = 0) the diagonal k, which lies k places to the right of the main one.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("upper", 1L)];

    public override (int Input, int Output) InPlace => (0, 0);

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        if (c.Has(1))
        {
            c.KnownInts(1, "k");
        }

        return x.Rank >= 2 && x.RowAxis < x.Rank - 2 ? [new(c.DType(0), x)]
            : throw c.Error($"X is {x}", "its last two axes are a matrix without rows of the batch");
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Trilu", [c.Dy, .. c.Node.Inputs.Skip(1)], c.Attributes)];

    public override void Run(in RunContext c)
    {
        TensorView y = c.Outputs[0];
        long k = c.Node.Inputs.Count > 1 && c.Node.Inputs[1] is { } v ? v.Known![0].Factor : 0;
        bool upper = c.Attributes.Int("upper") != 0;
        int size = y.DType.Size();
        long columns = y.Shape[^1];
        long lines = columns == 0 ? 0 : y.Count / columns;
        for (long r = 0; r < lines; r++)
        {
            long cut = Math.Clamp((r % y.Shape[^2]) + k + (upper ? 0 : 1), 0, columns) * size;
            byte* to = y.U8 + (r * columns * size);
            byte* from = c.Inputs[0].U8 + (r * columns * size);
            if (from != to)
            {
                Buffer.MemoryCopy(from, to, columns * size, columns * size);
            }

            new Span<byte>(upper ? to : to + cut, checked((int)(upper ? cut : (columns * size) - cut))).Clear();
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 4, 5), new(1)], Attributes.None) { Integers = { [1] = [1] } },
        new([new(Dim.N, 4, 3)], new(("upper", 0))),
        new([new(3, 4), new(1)], new(("upper", 0))) { Integers = { [1] = [-2] } },
    ];
}
