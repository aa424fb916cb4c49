using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX CumSum.</summary>
public sealed unsafe class CumSum : Operator
{
    public override string Name => "CumSum";

    public override int Since => 14;

    public override string Doc => "The sums of X up to each place along an axis that is not the rows; exclusive leaves the place itself out, reverse begins at the end.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("exclusive", 0L), new("reverse", 0L)];

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        c.Expect(0, DType.Float32);
        long[] axis = c.KnownInts(1, "axis");
        if (axis.Length != 1)
        {
            throw c.Error($"axis has {axis.Length} entries", "give one");
        }

        SymbolicShape x = c.Shape(0);
        return !x[c.Axis(axis[0], x.Rank)].IsRows ? [new(DType.Float32, x)]
            : throw c.Error($"axis {axis[0]} of {x} runs over rows", "choose another axis");
    }

    public override Value?[] Gradient(GradientContext c) =>
        [c.G.Add("CumSum", [c.Dy, c.Input(1)], c.Attributes.With("reverse", c.Attributes.Int("reverse") != 0 ? 0L : 1L)), null];

    public override void Run(in RunContext c)
    {
        Shape x = c.Inputs[0].Shape;
        int axis = Formula.Axis(c.Node.Inputs[1]!.Known![0].Factor, x.Rank);
        var job = new Job
        {
            X = c.Inputs[0].F32,
            Y = c.Outputs[0].F32,
            Count = x[axis],
            Inner = x.CountFrom(axis + 1),
            Reverse = c.Attributes.Int("reverse") != 0,
            Exclusive = c.Attributes.Int("exclusive") != 0,
        };
        c.Pool.Run(ref job, x.CountTo(axis));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(1)], Attributes.None) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("exclusive", 1))) { Integers = { [1] = [-2] } },
        new([new(Dim.N, 5), new(1)], new(("reverse", 1))) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5), new(1)], new(("reverse", 1), ("exclusive", 1))) { Integers = { [1] = [1] } },
    ];

    private struct Job : IParallelJob
    {
        public float* X;
        public float* Y;
        public long Count;
        public long Inner;
        public bool Reverse;
        public bool Exclusive;

        public readonly void Execute(long item, int thread)
        {
            for (long inner = 0; inner < Inner; inner++)
            {
                long start = (item * Count * Inner) + inner;
                float sum = 0;
                for (long i = 0; i < Count; i++)
                {
                    long at = start + ((Reverse ? Count - 1 - i : i) * Inner);
                    float before = sum;
                    sum += X[at];
                    Y[at] = Exclusive ? before : sum;
                }
            }
        }
    }
}
