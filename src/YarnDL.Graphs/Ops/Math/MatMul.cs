using YarnDL.Graphs.Gradients;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX MatMul: stacks of matrices with broadcasting, as numpy.matmul.</summary>
public sealed unsafe class MatMul : Operator
{
    public override string Name => "MatMul";

    public override string Doc => "Y (.., m, n) = A (.., m, k) B (.., k, n); leading axes broadcast, a vector is a single row (A) or column (B).";

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        SymbolicShape a = c.Shape(0);
        SymbolicShape b = c.Shape(1);
        if (a.Rank == 0 || b.Rank == 0)
        {
            throw c.Error($"A is {a}, B is {b}", "scalars have no product of matrices; use Mul");
        }

        Dim k = a[^1];
        Dim other = b.Rank == 1 ? b[0] : b[^2];
        if (k != other)
        {
            throw c.Error($"A {a} has {k} columns, B {b} has {other} rows", "they must be equal");
        }

        if (k.IsRows)
        {
            throw c.Error($"A {a} and B {b} are multiplied along the row axis", "use yarndl GemmOverRows, which sums over rows");
        }

        SymbolicShape stack = Families.BroadcastRule.Join(c, new SymbolicShape(a.Dims[..Math.Max(0, a.Rank - 2)]), new SymbolicShape(b.Dims[..Math.Max(0, b.Rank - 2)]));
        var dims = new List<Dim>(stack.Dims.ToArray());
        if (a.Rank > 1)
        {
            dims.Add(a[^2]);
        }

        if (b.Rank > 1)
        {
            dims.Add(b[^1]);
        }

        return [new(DType.Float32, new SymbolicShape([.. dims]))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value a = c.Input(0);
        Value b = c.Input(1);
        if (b.Shape.Rank <= 2)
        {
            Value dy = c.Dy;
            Value columns = b.Shape.Rank == 1 ? Shapes.Reshape(g, b, new(b.Shape[0], 1)) : b;
            if (b.Shape.Rank == 1)
            {
                dy = Shapes.Reshape(g, dy, new([.. dy.Shape.Dims, 1]));
            }

            if (a.Shape.Rank == 1)
            {
                dy = Shapes.Reshape(g, dy, new(1, dy.Shape[^1]));
                a = Shapes.Reshape(g, a, new(1, a.Shape[0]));
            }

            Value? da = c.Needs(0) ? Shapes.Reshape(g, LeftGradient(g, dy, columns), c.Input(0).Shape) : null;
            Value? db = c.Needs(1) ? Shapes.Reshape(g, Products.Multiply(g, Products.AsMatrix(g, a), true, Products.AsMatrix(g, dy), false), b.Shape) : null;
            return [da, db];
        }

        if (a.Shape.Rank == 1 || (c.Needs(1) && a.Shape[^2].IsRows))
        {
            throw new GraphException($"[MatMul] {c.Node.Name}: the gradient of A {a.Shape} times B {b.Shape} is not supported; give A a stack of matrices whose rows are not the batch");
        }

        Value? left = c.Needs(0) ? c.SumTo(g.Add("MatMul", c.Dy, Shapes.SwapLast(g, b)), a) : null;
        Value? right = c.Needs(1) ? c.SumTo(g.Add("MatMul", Shapes.SwapLast(g, a), c.Dy), b) : null;
        return [left, right];
    }

    public override double Flops(PrepareContext c) => 2.0 * c.OutputElements * c.Input(0)[^1];

    public override object? Prepare(PrepareContext c) => new Plan(c.Input(0), c.Input(1), c.Output(0));

    public override void Run(in RunContext c)
    {
        var p = (Plan)c.State!;
        for (int i = 0; i < p.A.Length; i++)
        {
            Tensors.Kernels.Gemm.Run(c.Pool, false, false, p.M, p.N, p.K, c.Inputs[0].F32 + p.A[i], p.K, c.Inputs[1].F32 + p.B[i], p.N, c.Outputs[0].F32 + (i * p.M * p.N), p.N);
        }
    }

    // Rows that are not first must stay where they are: transposing the weight is then cheaper than the values.
    private static Value LeftGradient(GraphBuilder g, Value dy, Value b) => dy.Shape.RowAxis > 0 && dy.Shape.RowAxis < dy.Shape.Rank - 1
        ? g.Add("MatMul", dy, Shapes.SwapLast(g, b)) : Products.Multiply(g, Products.AsMatrix(g, dy), false, b, true);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(5, 4)], Attributes.None),
        new([new(Dim.N, 3, 5), new(5, 4)], Attributes.None),
        new([new(Dim.N, 3, 5), new(Dim.N, 5, 4)], Attributes.None),
        new([new(Dim.N, 2, 3, 5), new(2, 5, 4)], Attributes.None),
        new([new(3, Dim.N, 5), new(5, 4)], Attributes.None),
        new([new(Dim.N, 5), new(5)], Attributes.None),
        new([new(5), new(5, 3)], Attributes.None),
    ];

    private sealed class Plan
    {
        public Plan(Shape a, Shape b, Shape y)
        {
            K = a[^1];
            N = b.Rank == 1 ? 1 : b[^1];
            if (b.Rank <= 2)
            {
                M = K == 0 ? y.ElementCount / Math.Max(N, 1) : a.ElementCount / K;
                A = [0];
                B = [0];
                return;
            }

            M = a.Rank == 1 ? 1 : a[^2];
            var stack = new Shape(y.Dims[..(y.Rank - (a.Rank > 1 ? 2 : 1))]);
            A = Offsets(a, stack, M * K);
            B = Offsets(b, stack, K * N);
        }

        public long M { get; }

        public long N { get; }

        public long K { get; }

        public long[] A { get; }

        public long[] B { get; }

        private static long[] Offsets(Shape s, Shape stack, long matrix)
        {
            var own = new Shape(s.Dims[..Math.Max(0, s.Rank - 2)]);
            long[] steps = Families.Strided.Broadcast(own, stack);
            var offsets = new long[stack.ElementCount];
            for (long i = 0; i < offsets.Length; i++)
            {
                long rest = i;
                for (int a = stack.Rank - 1; a >= 0; a--)
                {
                    offsets[i] += rest % stack[a] * steps[a] * matrix;
                    rest /= stack[a];
                }
            }

            return offsets;
        }
    }
}
