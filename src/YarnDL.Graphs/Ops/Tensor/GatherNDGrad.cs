using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of GatherND.</summary>
public sealed unsafe class GatherNDGrad : Operator
{
    public override string Name => "GatherNDGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X, indices): zeros of the shape of X, to which every slice of dY is added where GatherND read it, in ascending order; where only the indices run over rows it is a sum over rows.";

    public override RowBehaviour Rows => RowBehaviour.Reduces;

    public override RowBehaviour RowsOf(Node node) => OverRows(node) ? RowBehaviour.Reduces : RowBehaviour.PerRow;

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("batch_dims", 0L)];

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input != 1;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        int batch = (int)c.Attributes.Int("batch_dims");
        int width = TuplePlaces.Width(c, 1, 2, batch);
        if (!c.Shape(0).Equals(new SymbolicShape([.. c.Shape(2).Dims[..^1], .. c.Shape(1).Dims[(batch + width)..]])))
        {
            throw c.Error($"dY is {c.Shape(0)}, X {c.Shape(1)}, indices {c.Shape(2)}", "dY must be shaped as what GatherND takes");
        }

        return c.Shape(2).RowAxis <= 0 ? [new(DType.Float32, c.Shape(1))]
            : throw c.Error($"indices are {c.Shape(2)}", "rows must be their first axis; add a Transpose");
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("GatherND", [c.Dy, c.Input(2)], c.Attributes)];

    public override double Flops(PrepareContext c) => c.Input(0).ElementCount;

    public override long ScratchBytes(PrepareContext c)
    {
        int batch = (int)c.Attributes.Int("batch_dims");
        int width = (int)c.Input(2)[^1];
        long terms = c.Input(2).ElementCount / Math.Max(1, width);
        return IndexedSums.ScratchBytes(terms, TuplePlaces.Entries(c.Input(1), batch, width)) + (terms * sizeof(long));
    }

    public override void Run(in RunContext c)
    {
        Shape x = c.Outputs[0].Shape;
        int batch = (int)c.Attributes.Int("batch_dims");
        int width = (int)c.Inputs[2].Shape[^1];
        long entries = TuplePlaces.Entries(x, batch, width);
        long outer = x.CountTo(batch);
        long line = x.CountFrom(batch + width);
        long terms = outer == 0 ? 0 : c.Inputs[2].Count / width / outer;
        long positions = OverRows(c.Node) ? c.Node.Inputs[2]!.Shape[0].Factor * c.Inputs[2].Shape.CountFrom(1) / width : 0;
        long* numbers = (long*)c.Scratch;
        for (long o = 0; o < outer; o++)
        {
            for (long t = 0; t < terms; t++)
            {
                numbers[t] = TuplePlaces.Entry(c, x, 2, batch, width, (o * terms) + t);
            }

            IndexedSums.Run(c.Pool, c.Rows, positions, terms, numbers, c.Inputs[0].F32 + (o * terms * line), entries, line, false, c.Outputs[0].F32 + (o * entries * line), numbers + terms);
        }
    }

    private static bool OverRows(Node node) => node.Inputs[2]!.Shape.RowAxis >= 0 && node.Inputs[1]!.Shape.RowAxis < 0;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 4, 2), new(3, 3, 2), new(Dim.N, 4, 2)], Attributes.None) { Indices = { [2] = 3 } },
        new([new(Dim.N, 4, 2), new(Dim.N, 3, 2), new(Dim.N, 4, 1)], new(("batch_dims", 1))) { Indices = { [2] = 3 } },
    ];
}
