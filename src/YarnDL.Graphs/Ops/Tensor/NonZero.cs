using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX NonZero.</summary>
public sealed unsafe class NonZero : Operator
{
    public override string Name => "NonZero";

    public override string Doc => "(rank, n) the places of the n elements of X that are not 0, in row-major order; n depends on data.";

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) => [null];

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        return c.Shape(0).IsFixed ? [new(DType.Int64, new(c.Shape(0).Rank, Dim.AtMost(c.Shape(0).At(1).ElementCount)))]
            : throw c.Error($"input is {c.Shape(0)}", "it cannot run over rows: the places of all rows would mix");
    }

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        int size = x.DType.Size();
        long found = 0;
        for (long i = 0; i < x.Count; i++)
        {
            found += IsZero(x, i, size) ? 0 : 1;
        }

        long at = 0;
        for (long i = 0; i < x.Count; i++)
        {
            if (IsZero(x, i, size))
            {
                continue;
            }

            for (int a = 0; a < x.Shape.Rank; a++)
            {
                c.Outputs[0].I64[(a * found) + at] = i / x.Shape.CountFrom(a + 1) % x.Shape[a];
            }

            at++;
        }

        c.Sizes[0] = found;
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, 4)], Attributes.None) { Indices = { [0] = 2 } },
        new([new(7)], Attributes.None),
        new([new(2, 3)], Attributes.None) { Bools = { 0 } },
    ];

    private static bool IsZero(TensorView x, long i, int size) => x.DType switch
    {
        DType.Float32 => x.F32[i] == 0,
        DType.Float64 => ((double*)x.Data)[i] == 0,
        _ => new ReadOnlySpan<byte>(x.U8 + (i * size), size).IndexOfAnyExcept((byte)0) < 0,
    };
}
