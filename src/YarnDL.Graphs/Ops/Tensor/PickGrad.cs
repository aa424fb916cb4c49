using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Pick.</summary>
public sealed unsafe class PickGrad : Operator
{
    public override string Name => "PickGrad";

    public override string Domain => "yarndl";

    public override string Doc => "The sums of dY over the places that Pick took from each of extent elements, in ascending order.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", null), new("extent", null), new("indices", null)];

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

        long[] places = c.Attributes.Ints("indices");
        long extent = c.Attributes.Int("extent");
        if (dims[axis].Factor != places.Length || Array.Exists(places, p => p < -1 || p >= extent))
        {
            throw c.Error($"{places.Length} indices for axis {axis} of {x}", $"there must be one for each element, -1..{extent - 1}");
        }

        dims[axis] = extent;
        return [new(DType.Float32, new SymbolicShape(dims))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Pick", c.Dy, ("axis", c.Attributes.Int("axis")), ("indices", c.Attributes.Ints("indices")))];

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
        new([new(Dim.N, 5)], new(("axis", 1), ("indices", new long[] { 3, -1, 0, 0, 2 }), ("extent", 4))),
        new([new(Dim.N, 2, 2)], new(("axis", -2), ("indices", new long[] { 2, 1 }), ("extent", 3))),
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
