using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Pick.</summary>
public sealed unsafe class PickGrad : PickOperator
{
    public override string Name => "PickGrad";

    public override string Doc => "The sums of dY over the places that Pick took from each of extent elements, in ascending order.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", null), new("extent", null), new("indices", null)];

    public override ResultType[] Infer(InferContext c) => Result(c, c.Attributes.Int("extent"), c.Attributes.Int("extent"));

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Pick", c.Dy, ("axis", c.Attributes.Int("axis")), ("indices", c.Attributes.Ints("indices")))];

    public override void Run(in RunContext c)
    {
        (long outer, long from, long to, long inner) = Extents(c);
        var job = new Job
        {
            X = c.Inputs[0].F32,
            Y = c.Outputs[0].F32,
            Places = (long[])c.State!,
            From = from,
            To = to,
            Inner = inner,
        };
        c.Pool.Run(ref job, outer);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5)], new(("axis", 1), ("indices", new long[] { 3, -1, 0, 0, 2 }), ("extent", 4))),
        new([new(Dim.N, 2, 2)], new(("axis", -2), ("indices", new long[] { 2, 1 }), ("extent", 3))),
        new([new(Dim.N, 5, 3)], new(("axis", 2), ("indices", new long[] { 2, -1, 1 }), ("extent", 4))),
    ];

    private struct Job : IParallelJob
    {
        public float* X;
        public float* Y;
        public long[] Places;
        public long From;
        public long To;
        public long Inner;

        public readonly void Execute(long item, int thread)
        {
            float* x = X + (item * From * Inner);
            float* y = Y + (item * To * Inner);
            new Span<float>(y, checked((int)(To * Inner))).Clear();
            for (long i = 0; i < From; i++)
            {
                float* target = y + (Places[i] * Inner);
                for (long k = 0; k < Inner && Places[i] >= 0; k++)
                {
                    target[k] += x[(i * Inner) + k];
                }
            }
        }
    }
}
