using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ReverseSequence.</summary>
public sealed unsafe class ReverseSequence : Operator
{
    public override string Name => "ReverseSequence";

    public override string Doc => "X with the first sequence_lens[b] steps of each sequence b turned round, the rest as it is; batch_axis and time_axis are 0 and 1 in either order.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("batch_axis", 1L), new("time_axis", 0L)];

    public override bool IsConstantInput(int input) => input == 1;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(1, DType.Int64);
        SymbolicShape x = c.Shape(0);
        (long batch, long time) = (c.Attributes.Int("batch_axis"), c.Attributes.Int("time_axis"));
        bool fits = x.Rank >= 2 && batch + time == 1 && batch * time == 0 && !x[(int)time].IsRows && c.Shape(1).Rank == 1 && c.Shape(1)[0] == x[(int)batch];
        return fits ? [new(c.DType(0), x)] : throw c.Error($"X is {x}, sequence_lens {c.Shape(1)}, batch_axis {batch}, time_axis {time}", "the axes are 0 and 1, and there is one length for each sequence");
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("ReverseSequence", [c.Dy, c.Input(1)], c.Attributes), null];

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        bool timeFirst = c.Attributes.Int("time_axis") == 0;
        long time = x.Shape[timeFirst ? 0 : 1];
        long batch = x.Shape[timeFirst ? 1 : 0];
        long bytes = x.Shape.CountFrom(2) * x.DType.Size();
        for (long b = 0; b < batch; b++)
        {
            long length = c.Inputs[1].I64[b];
            if (length < 0 || length > time)
            {
                throw new InputValueException($"[ReverseSequence] {c.Node.Name}: length {length} of sequence {b}; it must be 0..{time}; mend the data", b);
            }

            for (long t = 0; t < time; t++)
            {
                long s = t < length ? length - 1 - t : t;
                long from = timeFirst ? (s * batch) + b : (b * time) + s;
                long to = timeFirst ? (t * batch) + b : (b * time) + t;
                Buffer.MemoryCopy(x.U8 + (from * bytes), c.Outputs[0].U8 + (to * bytes), bytes, bytes);
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 4, 2), new(Dim.N)], new(("batch_axis", 0), ("time_axis", 1))) { Indices = { [1] = 5 } },
        new([new(4, Dim.N), new(Dim.N)], Attributes.None) { Indices = { [1] = 5 } },
    ];
}
