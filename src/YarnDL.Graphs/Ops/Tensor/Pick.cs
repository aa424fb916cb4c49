using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>Elements of one axis chosen by indices that are known before the run.</summary>
public sealed unsafe class Pick : Operator
{
    public override string Name => "Pick";

    public override string Domain => "yarndl";

    public override string Doc => "Places of X along one axis, which is not the rows, by fixed indices; index -1 gives value.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", null), new("indices", null), new("value", 0f)];

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        Dim[] dims = x.Dims.ToArray();
        if (dims[axis].IsRows)
        {
            throw c.Error($"axis {axis} of {x} runs over rows", "choose another axis");
        }

        long extent = dims[axis].Factor;
        long[] places = c.Attributes.Ints("indices");
        if (Array.Exists(places, p => p < -1 || p >= extent))
        {
            throw c.Error($"an index is outside an axis of extent {extent}", $"indices are -1..{extent - 1}");
        }

        dims[axis] = places.Length;
        return [new(DType.Float32, new SymbolicShape(dims))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("PickGrad", c.Dy, ("axis", c.Attributes.Int("axis")), ("indices", c.Attributes.Ints("indices")), ("extent", c.Input(0).Shape[Families.Formula.Axis(c.Attributes.Int("axis"), c.Input(0).Shape.Rank)].Factor))];

    public override object? Prepare(PrepareContext c) => c.Attributes.Ints("indices");

    public override void Run(in RunContext c)
    {
        Shape x = c.Inputs[0].Shape;
        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + x.Rank : axis;
        var job = new Job
        {
            X = c.Inputs[0].F32,
            Y = c.Outputs[0].F32,
            Places = (long[])c.State!,
            From = x[axis],
            To = c.Outputs[0].Shape[axis],
            Inner = x.CountFrom(axis + 1),
            Value = c.Attributes.Find<float>("value"),
        };
        c.Pool.Run(ref job, x.CountTo(axis));
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
