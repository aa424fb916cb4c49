using System.Numerics;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Arithmetic of two broadcast inputs: float32, int64 or int32, and extents known before the run.</summary>
public abstract unsafe class ArithmeticOperator<TFloat, TOperation> : Operator
    where TFloat : struct, IBinaryOperator<TFloat>
    where TOperation : struct, IArithmetic
{
    public override int Since => 14;

    public override (int Input, int Output) InPlace => (0, 0);

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        c.Expect(1, c.DType(0));
        if (c.DType(0) is not (DType.Float32 or DType.Int64 or DType.Int32))
        {
            throw c.Error($"element type {c.DType(0)} has no arithmetic here", "cast to float32, int64 or int32");
        }

        return [new(c.DType(0), BroadcastRule.Join(c, c.Shape(0), c.Shape(1)), c.DType(0) == DType.Int64 ? Known(c) : null)];
    }

    public override object? Prepare(PrepareContext c) => c.Node.Outputs[0]!.DType == DType.Float32 ? null : new Lines(c, 2);

    public override void Run(in RunContext c)
    {
        TensorView a = c.Inputs[0];
        TensorView b = c.Inputs[1];
        switch (c.Outputs[0].DType)
        {
            case DType.Float32: Elementwise.Binary<TFloat>(c.Pool, a.Shape, a.F32, b.Shape, b.F32, c.Outputs[0].F32); break;
            case DType.Int64: ((Lines)c.State!).Run<Line<long>>(c); break;
            default: ((Lines)c.State!).Run<Line<int>>(c); break;
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None, 0.5, 2),
        new([new(Dim.N, 3, 5), new(3, 1)], Attributes.None, 0.5, 2),
        new([new(37), new(Dim.N, 37)], Attributes.None, 0.5, 2),
        new([new(Dim.N, 1, 4), new(Dim.N, 3, 1)], Attributes.None, 0.5, 2),
        new([new(Dim.N, 3), SymbolicShape.Scalar], Attributes.None, 0.5, 2),
        new([new(5), new(5)], Attributes.None, 0.5, 2),
    ];

    private static Dim[]? Known(InferContext c)
    {
        if (c.KnownValue(0) is not { } a || c.KnownValue(1) is not { } b || (a.Count != b.Count && a.Count != 1 && b.Count != 1))
        {
            return null;
        }

        var result = new Dim[Math.Max(a.Count, b.Count)];
        for (int i = 0; i < result.Length; i++)
        {
            if (TOperation.Of(a[a.Count == 1 ? 0 : i], b[b.Count == 1 ? 0 : i]) is not { } d)
            {
                return null;
            }

            result[i] = d;
        }

        return result;
    }

    private struct Line<T> : ILine
        where T : unmanaged, IBinaryInteger<T>
    {
        public static void Run(void* a, bool fixedA, void* b, bool fixedB, void* c, bool fixedC, void* y, long count)
        {
            for (long i = 0; i < count; i++)
            {
                ((T*)y)[i] = TOperation.Of(((T*)a)[fixedA ? 0 : i], ((T*)b)[fixedB ? 0 : i]);
            }
        }
    }
}
