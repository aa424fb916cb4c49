using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Linear quantisation: one scale and zero point for the value, or one for each place along an axis.</summary>
public abstract class QuantiseOperator : Operator
{
    public override int Since => 19;

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) => new Value?[c.Node.Inputs.Count];

    /// <summary>The integer type, int8 or uint8, of a zero point.</summary>
    private protected static DType Integer(InferContext c, int input) => c.DType(input) is DType.Int8 or DType.UInt8 ? c.DType(input)
        : throw c.Error($"input {input} is {c.DType(input)}", "quantised numbers are int8 or uint8");

    /// <summary>Refuses scales (input 1) and zero points (input 2) that are neither one number nor one for each place of the axis.</summary>
    private protected static void ExpectScales(InferContext c)
    {
        c.Expect(1, DType.Float32);
        SymbolicShape x = c.Shape(0);
        SymbolicShape scale = c.Shape(1);
        bool single = scale.IsFixed && scale.At(1).ElementCount == 1 && scale.Rank <= 1;
        if (!single && (scale.Rank != 1 || scale[0] != x[c.Axis(c.Attributes.Int("axis"), x.Rank)]))
        {
            throw c.Error($"input is {x}, scale {scale}, axis {c.Attributes.Int("axis")}", "there must be one scale, or one for each place of the axis");
        }

        if (c.Has(2) && !c.Shape(2).Equals(scale))
        {
            throw c.Error($"scale is {scale}, zero point {c.Shape(2)}", "they must be alike");
        }
    }

    /// <summary>Elements behind the axis, and places along it; with a single scale everything is one place.</summary>
    private protected static (long Inner, long Places) Axis(in RunContext c)
    {
        Shape x = c.Inputs[0].Shape;
        if (c.Inputs[1].Count == 1)
        {
            return (Math.Max(1, x.ElementCount), 1);
        }

        var axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + x.Rank : axis;
        return (x.CountFrom(axis + 1), x[axis]);
    }

    private protected static unsafe int ZeroPoint(in RunContext c, long place) => c.Inputs.Length < 3 || c.Inputs[2].IsEmpty ? 0
        : c.Inputs[2].DType == DType.Int8 ? ((sbyte*)c.Inputs[2].Data)[place] : c.Inputs[2].U8[place];
}
