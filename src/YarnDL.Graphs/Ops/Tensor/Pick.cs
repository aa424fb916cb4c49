using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>Elements of one axis chosen by indices that are known before the run.</summary>
public sealed unsafe class Pick : PickOperator
{
    public override string Name => "Pick";

    public override string Doc => "Places of X along one axis, which is not the rows, by fixed indices; index -1 gives value.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", null), new("indices", null), new("value", 0f)];

    public override ResultType[] Infer(InferContext c) => Result(c, -1, c.Attributes.Ints("indices").Length);

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("PickGrad", c.Dy, ("axis", c.Attributes.Int("axis")), ("indices", c.Attributes.Ints("indices")), ("extent", c.Input(0).Shape[Formula.Axis(c.Attributes.Int("axis"), c.Input(0).Shape.Rank)].Factor))];

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
            Value = c.Attributes.Find<float>("value"),
        };
        c.Pool.Run(ref job, outer);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 4)], new(("axis", 1), ("indices", new long[] { 3, -1, 0, 0, 2 }), ("value", 0.5))),
        new([new(Dim.N, 3, 2)], new(("axis", -2), ("indices", new long[] { 2, 1 }))),
    ];

    private struct Job : IParallelJob
    {
        public float* X;
        public float* Y;
        public long[] Places;
        public long From;
        public long To;
        public long Inner;
        public float Value;

        public readonly void Execute(long item, int thread)
        {
            float* x = X + (item * From * Inner);
            float* y = Y + (item * To * Inner);
            for (long o = 0; o < To; o++)
            {
                long from = Places[o];
                var target = new Span<float>(y + (o * Inner), checked((int)Inner));
                if (from < 0)
                {
                    target.Fill(Value);
                }
                else
                {
                    new ReadOnlySpan<float>(x + (from * Inner), target.Length).CopyTo(target);
                }
            }
        }
    }
}
