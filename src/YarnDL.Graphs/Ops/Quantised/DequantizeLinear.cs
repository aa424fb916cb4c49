using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX DequantizeLinear of int8, uint8 or int32.</summary>
public sealed unsafe class DequantizeLinear : QuantiseOperator
{
    public override string Name => "DequantizeLinear";

    public override string Doc => "(X - zero point) scale of int8, uint8 or int32 X as float32; scale and zero point are single or one for each place of axis.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 1L)];

    public override ResultType[] Infer(InferContext c)
    {
        ExpectScales(c);
        if (c.DType(0) != DType.Int32 || c.Has(2))
        {
            c.Expect(0, c.Has(2) ? Integer(c, 2) : Integer(c, 0));
        }

        return [new(DType.Float32, c.Shape(0))];
    }

    public override void Run(in RunContext c)
    {
        (long inner, long places) = Axis(c);
        TensorView x = c.Inputs[0];
        for (long i = 0; i < x.Count; i++)
        {
            long place = i / inner % places;
            int q = x.DType == DType.Int32 ? x.I32[i] : x.DType == DType.Int8 ? ((sbyte*)x.Data)[i] : x.U8[i];
            c.Outputs[0].F32[i] = (q - ZeroPoint(c, place)) * c.Inputs[1].F32[place];
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 2), new(3)], new(("axis", 1))) { Types = { [0] = DType.UInt8 }, Indices = { [0] = 256 }, Numbers = { [1] = [0.02f, 0.5f, 0.1f] } },
        new([new(Dim.N, 3), SymbolicShape.Scalar], Attributes.None) { Types = { [0] = DType.Int8 }, Indices = { [0] = 128 }, Numbers = { [1] = [0.25f] } },
    ];
}
