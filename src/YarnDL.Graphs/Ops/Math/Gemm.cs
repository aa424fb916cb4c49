using YarnDL.Graphs.Gradients;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Gemm.</summary>
public class Gemm : Operator
{
    public override string Name => "Gemm";

    public override string Doc => "Y (m, n) = alpha op(A) (m, k) op(B) (k, n) + beta C; C broadcasts to (m, n). Linear layers are Gemm with transB = 1.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("alpha", 1f), new("beta", 1f), new("transA", 0L), new("transB", 0L)];

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        SymbolicShape a = c.Shape(0);
        SymbolicShape b = c.Shape(1);
        if (a.Rank != 2 || b.Rank != 2)
        {
            throw c.Error($"A is {a}, B is {b}", "both must be matrices; add a Flatten or Reshape");
        }

        bool transA = c.Attributes.Int("transA") != 0;
        bool transB = c.Attributes.Int("transB") != 0;
        Dim k = a[transA ? 0 : 1];
        if (k != b[transB ? 1 : 0])
        {
            throw c.Error($"A {a} has {k} columns{(transA ? " (transposed)" : "")}, B {b} has {b[transB ? 1 : 0]} rows{(transB ? " (transposed)" : "")}", "they must be equal; mend the input width of the layer");
        }

        if (k.IsRows)
        {
            throw c.Error($"A {a} and B {b} are multiplied along the row axis", "use yarndl GemmOverRows, which sums over rows");
        }

        var y = new SymbolicShape(a[transA ? 1 : 0], b[transB ? 0 : 1]);
        if (c.Has(2))
        {
            c.Expect(2, DType.Float32);
            if (!Families.BroadcastRule.Join(c, y, c.Shape(2)).Equals(y))
            {
                throw c.Error($"C is {c.Shape(2)}", $"it must broadcast to {y}");
            }
        }

        return [new(DType.Float32, y)];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        bool transA = c.Attributes.Int("transA") != 0;
        bool transB = c.Attributes.Int("transB") != 0;
        float alpha = c.Attributes.Float("alpha");
        float beta = c.Attributes.Float("beta");
        Value dy = c.Dy;
        Value? da = !c.Needs(0) ? null
            : transA ? Products.Multiply(c.G, c.Input(1), transB, dy, true, alpha) : Products.Multiply(c.G, dy, false, c.Input(1), !transB, alpha);
        Value? db = !c.Needs(1) ? null
            : transB ? Products.Multiply(c.G, dy, true, c.Input(0), transA, alpha) : Products.Multiply(c.G, c.Input(0), !transA, dy, false, alpha);
        Value? dc = null;
        if (c.Needs(2))
        {
            dc = c.SumTo(dy, c.Input(2));
            dc = beta == 1 ? dc : c.G.Add("Mul", dc, c.G.Constant(beta));
        }

        return [da, db, dc];
    }

    public override double Flops(PrepareContext c) => 2.0 * c.OutputElements * c.Input(0)[c.Attributes.Int("transA") != 0 ? 0 : 1];

    public override object? Prepare(PrepareContext c) => new Plan(c);

    public override unsafe void Run(in RunContext c)
    {
        var p = (Plan)c.State!;
        TensorView y = c.Outputs[0];
        float* addend = c.Inputs.Length > 2 ? c.Inputs[2].F32 : null;
        Tensors.Kernels.Gemm.Run(c.Pool, p.TransA, p.TransB, p.M, p.N, p.K, c.Inputs[0].F32, p.LdA, c.Inputs[1].F32, p.LdB, y.F32, p.N, p.Simple ? addend : null, p.Activation);
        if (p.Simple)
        {
            return;
        }

        for (long i = 0; i < p.M; i++)
        {
            for (long j = 0; j < p.N; j++)
            {
                float value = p.Alpha * y.F32[(i * p.N) + j];
                y.F32[(i * p.N) + j] = addend == null ? value : value + (p.Beta * addend[(i * p.StepM) + (j * p.StepN)]);
            }
        }
    }

    /// <summary>True when the product, a bias row and an activation can be computed in one go.</summary>
    internal static bool IsPlain(Node n) => n.Attributes.Float("alpha") == 1 && n.Attributes.Float("beta") == 1
        && (n.Inputs.Count < 3 || n.Inputs[2] is null || n.Inputs[2]!.Shape.Equals(new SymbolicShape(n.Outputs[0]!.Shape[1])));

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(4, 5), new(4)], new(("transB", 1))),
        new([new(Dim.N, 5), new(5, 4)], Attributes.None),
        new([new(3, 5), new(4, 3), new(1, 1)], new(("transA", 1), ("transB", 1), ("alpha", 0.5f), ("beta", 2f))),
        new([new(Dim.N, 3), new(3, 33), new(1, 33)], new(("alpha", 0.5f))),
        new([new(Dim.N, 3), new(3, 6), new(Dim.N, 1)], Attributes.None),
        new([new(5, Dim.N), new(5, 4), new(4)], new(("transA", 1))),
    ];

    private sealed class Plan
    {
        public Plan(PrepareContext c)
        {
            TransA = c.Attributes.Int("transA") != 0;
            TransB = c.Attributes.Int("transB") != 0;
            Alpha = c.Attributes.Float("alpha");
            Beta = c.Attributes.Float("beta");
            M = c.Output(0)[0];
            N = c.Output(0)[1];
            K = c.Input(0)[TransA ? 0 : 1];
            LdA = c.Input(0)[1];
            LdB = c.Input(1)[1];
            Simple = IsPlain(c.Node);
            Activation = Enum.Parse<Activation>(c.Attributes.Find<string>("activation") ?? nameof(Activation.None));
            if (c.Node.Inputs.Count > 2 && c.Node.Inputs[2] is not null)
            {
                long[] steps = Families.Strided.Broadcast(c.Input(2), c.Output(0));
                StepM = steps[0];
                StepN = steps[1];
            }
        }

        public bool TransA { get; }

        public bool TransB { get; }

        public float Alpha { get; }

        public float Beta { get; }

        public long M { get; }

        public long N { get; }

        public long K { get; }

        public long LdA { get; }

        public long LdB { get; }

        public bool Simple { get; }

        public Activation Activation { get; }

        public long StepM { get; }

        public long StepN { get; }
    }
}
