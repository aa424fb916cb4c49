using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Gather and Embedding: lines of dY added up by their index.</summary>
public sealed unsafe class GatherGrad : Operator
{
    public override string Name => "GatherGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X, indices): zeros of the shape of X, to which every line of dY is added at its index, in ascending order; where indices run over rows it is a sum over rows. padding_idx gets nothing; scale_grad_by_freq divides by the number of its lines.";

    public override RowBehaviour Rows => RowBehaviour.Reduces;

    public override RowBehaviour RowsOf(Node node) => node.Inputs[2]!.Shape.RowAxis >= 0 ? RowBehaviour.Reduces : RowBehaviour.PerRow;

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 0L), new("padding_idx", -1L), new("scale_grad_by_freq", 0L)];

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input != 1;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(1);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        SymbolicShape indices = c.Shape(2);
        if (!c.Shape(0).Equals(new SymbolicShape([.. x.Dims[..axis], .. indices.Dims, .. x.Dims[(axis + 1)..]])))
        {
            throw c.Error($"dY is {c.Shape(0)}, X {x}, indices {indices}", $"dY must be shaped as what Gather takes along axis {axis}");
        }

        if (indices.RowAxis > 0)
        {
            throw c.Error($"indices are {indices}", "rows must be their first axis; add a Transpose");
        }

        return [new(DType.Float32, c.Shape(1))];
    }

    public override Value?[] Gradient(GradientContext c) => c.Attributes.Int("padding_idx") >= 0 || c.Attributes.Int("scale_grad_by_freq") != 0 ? base.Gradient(c)
        : [c.G.Add("Gather", c.Dy, c.Input(2), ("axis", c.Attributes.Int("axis")))];

    public override double Flops(PrepareContext c) => c.Input(0).ElementCount;

    public override long ScratchBytes(PrepareContext c)
    {
        long terms = c.Input(2).ElementCount;
        int axis = Axis(c.Attributes, c.Input(1).Rank);
        return IndexedSums.ScratchBytes(terms, c.Input(1)[axis]) + (terms * sizeof(long));
    }

    public override void Run(in RunContext c)
    {
        Shape x = c.Outputs[0].Shape;
        int axis = Axis(c.Attributes, x.Rank);
        long entries = x[axis];
        long outer = x.CountTo(axis);
        long width = x.CountFrom(axis + 1);
        TensorView indices = c.Inputs[2];
        long terms = indices.Count;
        long padding = c.Attributes.Int("padding_idx");
        SymbolicShape symbolic = c.Node.Inputs[2]!.Shape;
        long positions = symbolic.RowAxis == 0 ? symbolic[0].Factor * indices.Shape.CountFrom(1) : 0;
        long* numbers = (long*)c.Scratch;
        for (long i = 0; i < terms; i++)
        {
            long k = ElementPlaces.At(c, 2, indices, i, entries);
            numbers[i] = k == padding ? -1 : k;
        }

        bool scale = c.Attributes.Int("scale_grad_by_freq") != 0;
        for (long o = 0; o < outer; o++)
        {
            IndexedSums.Run(c.Pool, c.Rows, positions, terms, numbers, c.Inputs[0].F32 + (o * terms * width), entries, width, scale, c.Outputs[0].F32 + (o * entries * width), numbers + terms);
        }
    }

    private static int Axis(Attributes a, int rank) => (int)(a.Int("axis") < 0 ? a.Int("axis") + rank : a.Int("axis"));

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(7, 3), new(Dim.N)], Attributes.None) { Indices = { [2] = 7 } },
        new([new(Dim.N, 4, 3), new(5, 3), new(Dim.N, 4)], Attributes.None) { Indices = { [2] = 5 } },
        new([new(2, Dim.N, 3), new(2, 4, 3), new(Dim.N)], new(("axis", 1))) { Indices = { [2] = 4 } },
        new([new(Dim.N, 4), new(Dim.N, 3), new(4)], new(("axis", 1))) { Indices = { [2] = 3 } },
        new([new(Dim.N, 4, 3), new(5, 3), new(Dim.N, 4)], new(("padding_idx", 2), ("scale_grad_by_freq", 1))) { Indices = { [2] = 5 }, CheckGradient = false },
    ];
}
