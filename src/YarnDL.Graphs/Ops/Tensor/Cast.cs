using System.Numerics;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Cast among float32, int64, int32, uint8 and bool.</summary>
public sealed unsafe class Cast : Operator
{
    public override string Name => "Cast";

    public override string Doc => "X as element type to (ONNX number: 1 float32, 2 uint8, 6 int32, 7 int64, 9 bool); floats are cut towards zero, out of range they saturate.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("to", null)];

    public override ResultType[] Infer(InferContext c) =>
        [new(Target(c), c.Shape(0), Target(c) is DType.Int64 or DType.Int32 && c.DType(0) is DType.Int64 or DType.Int32 ? c.Input(0).Known : null)];

    public override Value?[] Gradient(GradientContext c) => [c.Input(0).DType == DType.Float32 && c.Dy.DType == DType.Float32 ? c.Dy : null];

    public override void Run(in RunContext c)
    {
        switch (c.Inputs[0].DType)
        {
            case DType.Float32: From<float>(c); break;
            case DType.Int64: From<long>(c); break;
            case DType.Int32: From<int>(c); break;
            default: From<byte>(c); break;
        }
    }

    private static DType Target(InferContext c) => (c.DType(0), c.Attributes.Int("to")) switch
    {
        (not (DType.Float32 or DType.Int64 or DType.Int32 or DType.UInt8 or DType.Bool), _) => throw c.Error($"element type {c.DType(0)} cannot be cast here", "use float32, int64, int32, uint8 or bool"),
        (_, 1) => DType.Float32,
        (_, 2) => DType.UInt8,
        (_, 6) => DType.Int32,
        (_, 7) => DType.Int64,
        (_, 9) => DType.Bool,
        (_, long to) => throw c.Error($"element type number {to} is not supported", "use 1, 2, 6, 7 or 9"),
    };

    private static void From<T>(in RunContext c)
        where T : unmanaged, INumber<T>
    {
        var x = (T*)c.Inputs[0].Data;
        TensorView y = c.Outputs[0];
        switch (y.DType)
        {
            case DType.Float32: To(x, y.F32, y.Count); break;
            case DType.Int64: To(x, y.I64, y.Count); break;
            case DType.Int32: To(x, y.I32, y.Count); break;
            case DType.UInt8: To(x, y.U8, y.Count); break;
            default:
                for (long i = 0; i < y.Count; i++)
                {
                    y.U8[i] = T.IsZero(x[i]) ? (byte)0 : (byte)1;
                }

                break;
        }
    }

    private static void To<T, TOut>(T* x, TOut* y, long count)
        where T : unmanaged, INumber<T>
        where TOut : unmanaged, INumber<TOut>
    {
        for (long i = 0; i < count; i++)
        {
            y[i] = TOut.CreateSaturating(x[i]);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], new(("to", 7)), -5, 5) { CheckGradient = false },
        new([new(Dim.N, 3)], new(("to", 9))) { Bools = { 0 } },
        new([new(Dim.N, 3)], new(("to", 1))) { Indices = { [0] = 10 } },
        new([new(Dim.N, 3)], new(("to", 1))),
    ];
}
