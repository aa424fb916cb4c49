using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Cast.</summary>
public sealed unsafe class Cast : Operator
{
    private static readonly (long Number, DType Type)[] Numbers =
    [
        (1, DType.Float32), (2, DType.UInt8), (3, DType.Int8), (4, DType.UInt16), (5, DType.Int16), (6, DType.Int32), (7, DType.Int64), (9, DType.Bool),
        (10, DType.Float16), (11, DType.Float64), (16, DType.BFloat16),
    ];

    public override string Name => "Cast";

    public override string Doc => "X as element type to (ONNX number: 1 float32, 2 uint8, 3 int8, 4 uint16, 5 int16, 6 int32, 7 int64, 9 bool, 10 float16, 11 float64, 16 bfloat16); to integers floats are cut towards zero and saturate, to halves they are rounded to nearest, halves to even.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("to", null)];

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        DType to = Numbered(c);
        return [new(to, c.Shape(0), to is DType.Int64 or DType.Int32 && c.DType(0) is DType.Int64 or DType.Int32 ? c.Input(0).Known : null)];
    }

    public override Value?[] Gradient(GradientContext c) => [c.Input(0).DType == DType.Float32 && c.Dy.DType == DType.Float32 ? c.Dy : null];

    public override void Run(in RunContext c) =>
        Tensors.Kernels.Cast.Run(c.Pool, c.Outputs[0].Count, c.Inputs[0].DType, c.Inputs[0].Data, c.Outputs[0].DType, c.Outputs[0].Data);

    /// <summary>ONNX's number of an element type.</summary>
    internal static long Number(DType type) => Array.Find(Numbers, n => n.Type == type).Number;

    /// <summary>The element type that attribute to names by ONNX's number.</summary>
    internal static DType Numbered(InferContext c)
    {
        (long number, DType type) = Array.Find(Numbers, n => n.Number == c.Attributes.Int("to"));
        return number != 0 ? type : throw c.Error($"element type number {c.Attributes.Int("to")} is not supported", "use 1 to 7, 9, 10, 11 or 16");
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], new(("to", 7)), -5, 5) { CheckGradient = false },
        new([new(Dim.N, 3)], new(("to", 9))) { Bools = { 0 } },
        new([new(Dim.N, 3)], new(("to", 1))) { Indices = { [0] = 10 } },
        new([new(Dim.N, 3)], new(("to", 1))),
    ];
}
