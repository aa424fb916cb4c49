using System.Numerics;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Comparisons of two broadcast inputs; the result is bool.</summary>
public abstract class CompareOperator<TTest> : Operator
    where TTest : struct, ICompare
{
    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        c.Expect(1, c.DType(0));
        if (c.DType(0) is not (DType.Float32 or DType.Int64 or DType.Int32 or DType.Bool or DType.UInt8))
        {
            throw c.Error($"element type {c.DType(0)} cannot be compared here", "cast to float32, int64, int32, uint8 or bool");
        }

        return [new(DType.Bool, BroadcastRule.Join(c, c.Shape(0), c.Shape(1)))];
    }

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) => [null, null];

    public override object? Prepare(PrepareContext c) => new Lines(c, 2);

    public override void Run(in RunContext c)
    {
        var lines = (Lines)c.State!;
        switch (c.Inputs[0].DType)
        {
            case DType.Float32: lines.Run<Line<float>>(c); break;
            case DType.Int64: lines.Run<Line<long>>(c); break;
            case DType.Int32: lines.Run<Line<int>>(c); break;
            default: lines.Run<Line<byte>>(c); break;
        }
    }

    private unsafe struct Line<T> : ILine
        where T : unmanaged, INumber<T>
    {
        public static void Run(void* a, bool fixedA, void* b, bool fixedB, void* c, bool fixedC, void* y, long count)
        {
            for (long i = 0; i < count; i++)
            {
                ((byte*)y)[i] = TTest.Holds(((T*)a)[fixedA ? 0 : i], ((T*)b)[fixedB ? 0 : i]) ? (byte)1 : (byte)0;
            }
        }
    }
}
