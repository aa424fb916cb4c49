using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of SoftmaxCrossEntropy from its log-softmax.</summary>
public sealed unsafe class SoftmaxCrossEntropyGrad : Operator
{
    private const long RowsPerItem = 256;

    public override string Name => "SoftmaxCrossEntropyGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dLosses (N, ..), log-softmax (N, C, ..), labels (N, ..)): dLogits = (softmax - 1 at the label) dLosses.";

    public override (int Input, int Output) InPlace => (1, 0);

    public override bool IsConstantInput(int input) => input == 2;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        c.Expect(2, DType.Int64);
        return c.Shape(0).Equals(c.Shape(2)) ? [new(DType.Float32, c.Shape(1))] : throw c.Error($"gradients are {c.Shape(0)}, labels {c.Shape(2)}", "they must be alike");
    }

    public override double Flops(PrepareContext c) => 8 * c.OutputElements;

    public override void Run(in RunContext c)
    {
        TensorView dx = c.Outputs[0];
        Elementwise.Unary<UnaryOperators.Exp>(c.Pool, dx.Count, c.Inputs[1].F32, dx.F32);
        var job = new Job { Dy = c.Inputs[0].F32, Labels = c.Inputs[2].I64, Dx = dx.F32, Rows = dx.Shape[0], Classes = dx.Shape[1], Inner = dx.Shape.CountFrom(2) };
        c.Pool.Run(ref job, (job.Rows + RowsPerItem - 1) / RowsPerItem);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N), new(Dim.N, 10), new(Dim.N)], Attributes.None, -3, 0) { Indices = { [2] = 10 }, CheckGradient = false },
        new([new(Dim.N, 4), new(Dim.N, 3, 4), new(Dim.N, 4)], Attributes.None, -3, 0) { Indices = { [2] = 3 }, CheckGradient = false },
    ];

    private struct Job : IParallelJob
    {
        public float* Dy;
        public long* Labels;
        public float* Dx;
        public long Rows;
        public long Classes;
        public long Inner;

        public readonly void Execute(long item, int thread)
        {
            long end = Math.Min(Rows, (item + 1) * RowsPerItem);
            for (long r = item * RowsPerItem; r < end; r++)
            {
                float* dx = Dx + (r * Classes * Inner);
                for (long i = 0; i < Inner; i++)
                {
                    dx[(Labels[(r * Inner) + i] * Inner) + i] -= 1;
                }

                for (long c = 0; c < Classes; c++)
                {
                    for (long i = 0; i < Inner; i++)
                    {
                        dx[(c * Inner) + i] *= Dy[(r * Inner) + i];
                    }
                }
            }
        }
    }
}
