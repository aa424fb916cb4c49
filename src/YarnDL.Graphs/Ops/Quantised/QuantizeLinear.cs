using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX QuantizeLinear to int8 or uint8.</summary>
public sealed unsafe class QuantizeLinear : QuantiseOperator
{
    public override string Name => "QuantizeLinear";

    public override string Doc => "X / scale rounded (halves to even) plus zero point, saturated to the zero point's type, int8 or uint8 (uint8 without one); scale and zero point are single or one for each place of axis.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 1L), new("saturate", 1L)];

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        ExpectScales(c);
        return [new(c.Has(2) ? Integer(c, 2) : DType.UInt8, c.Shape(0))];
    }

    public override void Run(in RunContext c)
    {
        (long inner, long places) = Axis(c);
        TensorView y = c.Outputs[0];
        (int least, int most) = y.DType == DType.Int8 ? (-128, 127) : (0, 255);
        for (long i = 0; i < y.Count; i++)
        {
            long place = i / inner % places;
            float whole = MathF.Round(c.Inputs[0].F32[i] / c.Inputs[1].F32[place], MidpointRounding.ToEven) + ZeroPoint(c, place);
            int q = float.IsNaN(whole) ? 0 : (int)Math.Clamp(whole, least, most);
            y.U8[i] = unchecked((byte)q);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 4), SymbolicShape.Scalar], Attributes.None, -3, 3) { Numbers = { [1] = [0.02f] } },
        new([new(Dim.N, 3, 4), new(3)], new(("axis", 1)), -3, 3) { Numbers = { [1] = [0.02f, 0.5f, 0.1f] } },
    ];
}
