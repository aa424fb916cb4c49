using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX MatMulInteger.</summary>
public sealed unsafe class MatMulInteger : Operator
{
    public override string Name => "MatMulInteger";

    public override int Since => 10;

    public override string Doc => "(A - a_zero_point) (B - b_zero_point) as int32 of int8 or uint8 A (.., m, k) and B (k, n); zero points are single, or one for each row of A and column of B.";

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) => new Value?[c.Node.Inputs.Count];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape a = c.Shape(0);
        SymbolicShape b = c.Shape(1);
        for (int i = 0; i < 4; i++)
        {
            if (i < 2 || c.Has(i))
            {
                bool point = i > 1 && c.Shape(i).IsFixed && (c.Shape(i).At(1).ElementCount == 1 || (c.Shape(i).Rank == 1 && c.Shape(i)[0] == (i == 2 ? a[^2] : b[^1])));
                if (c.DType(i) is not (DType.Int8 or DType.UInt8) || (i > 1 && (!point || c.DType(i) != c.DType(i - 2))))
                {
                    throw c.Error($"input {i} is {c.DType(i)}{c.Shape(i)}", "matrices are int8 or uint8; a zero point has their type and is single, or one for each row of A or column of B");
                }
            }
        }

        if (a.Rank < 2 || b.Rank != 2 || a[^1] != b[0] || !a[^1].IsFixed)
        {
            throw c.Error($"A is {a}, B is {b}", "they must be (.., m, k) and (k, n)");
        }

        return [new(DType.Int32, new SymbolicShape([.. a.Dims[..^1], b[1]]))];
    }

    public override double Flops(PrepareContext c) => 2.0 * c.OutputElements * c.Input(0)[^1];

    public override void Run(in RunContext c)
    {
        Shape a = c.Inputs[0].Shape;
        var job = new Job
        {
            A = c.Inputs[0],
            B = c.Inputs[1],
            PointA = c.Inputs.Length > 2 ? c.Inputs[2] : default,
            PointB = c.Inputs.Length > 3 ? c.Inputs[3] : default,
            Y = c.Outputs[0].I32,
            Rows = a[^2],
            Inner = a[^1],
            Columns = c.Inputs[1].Shape[1],
        };
        c.Pool.Run(ref job, a.ElementCount / Math.Max(1, a[^1]));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 9), new(9, 5)], Attributes.None) { Types = { [0] = DType.UInt8, [1] = DType.Int8 }, Indices = { [0] = 256, [1] = 128 } },
    ];

    private struct Job : IParallelJob
    {
        public TensorView A;
        public TensorView B;
        public TensorView PointA;
        public TensorView PointB;
        public int* Y;
        public long Rows;
        public long Inner;
        public long Columns;

        public readonly void Execute(long item, int thread)
        {
            int* y = Y + (item * Columns);
            new Span<int>(y, checked((int)Columns)).Clear();
            int pointA = At(PointA, item % Rows);
            for (long k = 0; k < Inner; k++)
            {
                int a = At(A, (item * Inner) + k) - pointA;
                for (long n = 0; n < Columns; n++)
                {
                    y[n] += a * (At(B, (k * Columns) + n) - At(PointB, n));
                }
            }
        }

        private static int At(TensorView v, long i) => v.IsEmpty ? 0 : v.DType == DType.Int8 ? ((sbyte*)v.Data)[v.Count == 1 ? 0 : i] : v.U8[v.Count == 1 ? 0 : i];
    }
}
