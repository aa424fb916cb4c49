using System.Numerics;
using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Mod.</summary>
public sealed class Mod : Operator
{
    public override string Name => "Mod";

    public override string Doc => "The remainder of A / B with broadcasting: with fmod 1 it has the sign of A, else (integers only) that of B; of integers, that of 0 is 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("fmod", 0L)];

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        c.Expect(1, c.DType(0));
        if (c.DType(0) is not (DType.Float32 or DType.Int64 or DType.Int32) || (c.DType(0) == DType.Float32 && c.Attributes.Int("fmod") == 0))
        {
            throw c.Error($"element type is {c.DType(0)}, fmod {c.Attributes.Int("fmod")}", "it takes float32 with fmod 1, int64 or int32");
        }

        return [new(c.DType(0), BroadcastRule.Join(c, c.Shape(0), c.Shape(1)))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        Value? left = c.Needs(0) ? c.SumTo(c.Dy, c.Input(0)) : null;
        if (!c.Needs(1))
        {
            return [left, null];
        }

        Value times = c.G.Add("Round", c.G.Add("Div", c.G.Add("Sub", c.Input(0), c.Output(0)), c.Input(1)));
        return [left, c.SumTo(c.G.Add("Neg", c.G.Add("Mul", c.Dy, times)), c.Input(1))];
    }

    public override object? Prepare(PrepareContext c) => new Lines(c, 2);

    public override void Run(in RunContext c)
    {
        var lines = (Lines)c.State!;
        bool first = c.Attributes.Int("fmod") != 0;
        switch (c.Outputs[0].DType)
        {
            case DType.Float32: lines.Run<OfFirst<float>>(c); break;
            case DType.Int64 when first: lines.Run<OfFirst<long>>(c); break;
            case DType.Int64: lines.Run<OfSecond<long>>(c); break;
            case DType.Int32 when first: lines.Run<OfFirst<int>>(c); break;
            default: lines.Run<OfSecond<int>>(c); break;
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(3)], new(("fmod", 1)), 0.75, 4),
        new([new(Dim.N, 3), new(1)], Attributes.None) { Indices = { [0] = 20 }, Integers = { [1] = [-3] } },
        new([new(Dim.N, 3), new(1)], new(("fmod", 1))) { Indices = { [0] = 20 }, Integers = { [1] = [-3] } },
    ];

    private unsafe struct OfFirst<T> : ILine
        where T : unmanaged, INumber<T>
    {
        public static void Run(void* a, bool fixedA, void* b, bool fixedB, void* c, bool fixedC, void* y, long count)
        {
            for (long i = 0; i < count; i++)
            {
                T divisor = ((T*)b)[fixedB ? 0 : i];
                ((T*)y)[i] = typeof(T) != typeof(float) && divisor == T.Zero ? T.Zero : ((T*)a)[fixedA ? 0 : i] % divisor;
            }
        }
    }

    private unsafe struct OfSecond<T> : ILine
        where T : unmanaged, INumber<T>
    {
        public static void Run(void* a, bool fixedA, void* b, bool fixedB, void* c, bool fixedC, void* y, long count)
        {
            for (long i = 0; i < count; i++)
            {
                T divisor = ((T*)b)[fixedB ? 0 : i];
                T rest = divisor == T.Zero ? T.Zero : ((T*)a)[fixedA ? 0 : i] % divisor;
                ((T*)y)[i] = rest != T.Zero && T.IsNegative(rest) != T.IsNegative(divisor) ? rest + divisor : rest;
            }
        }
    }
}
