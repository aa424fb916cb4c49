using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>A matrix product along the row axis: the weight gradient of linear layers.</summary>
public sealed unsafe class GemmOverRows : Operator
{
    public override string Name => "GemmOverRows";

    public override string Domain => "yarndl";

    public override string Doc => "C (m, n) = A^T B for A (N p, m) and B (N p, n): summed over the positions of every row, over rows and segments by the tree.";

    public override RowBehaviour Rows => RowBehaviour.Reduces;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        SymbolicShape a = c.Shape(0);
        SymbolicShape b = c.Shape(1);
        return a.Rank == 2 && b.Rank == 2 && a[0].IsRows && a[0] == b[0] && a[1].IsFixed && b[1].IsFixed ? [new(DType.Float32, new SymbolicShape(a[1], b[1]))]
            : throw c.Error($"A is {a}, B is {b}", "both must be matrices with one row axis, their first");
    }

    public override Value?[] Gradient(GradientContext c)
    {
        Value? a = c.Needs(0) ? c.G.Add("Gemm", c.Input(1), c.Dy, ("transB", 1)) : null;
        Value? b = c.Needs(1) ? c.G.Add("Gemm", c.Input(0), c.Dy) : null;
        return [a, b];
    }

    public override double Flops(PrepareContext c) => 2.0 * c.OutputElements * c.Input(0)[0];

    public override void Run(in RunContext c)
    {
        TensorView a = c.Inputs[0];
        TensorView b = c.Inputs[1];
        long m = a.Shape[1];
        long n = b.Shape[1];
        Tensors.Kernels.Gemm.SumOverRows(c.Pool, c.Rows, c.Node.Inputs[0]!.Shape[0].Factor, m, n, a.F32, m, b.F32, n, c.Outputs[0].F32, n);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(Dim.N, 4)], Attributes.None),
        new([new(new Dim(3, Dim.Rows), 5), new(new Dim(3, Dim.Rows), 2)], Attributes.None),
    ];
}
