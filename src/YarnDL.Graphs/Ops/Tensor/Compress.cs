using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Compress; of the flat value it is PyTorch's masked_select.</summary>
public sealed unsafe class Compress : Operator
{
    public override string Name => "Compress";

    public override int Since => 11;

    public override string Doc => "The places of X along axis, or of flat X without it, where the condition (k) holds, k at most the extent; their number depends on data.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Options;

    internal static IReadOnlyList<AttributeSpec> Options { get; } = [new("axis", null, Optional: true)];

    public override bool IsConstantInput(int input) => input == 1;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        return [new(c.DType(0), Result(c, 0, 1))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("CompressGrad", [c.Dy, c.Input(0), c.Input(1)], c.Attributes), null];

    public override void Run(in RunContext c)
    {
        Shape x = c.Inputs[0].Shape;
        TensorView condition = c.Inputs[1];
        (long outer, long extent, long inner) = Extents(c.Attributes, x);
        long bytes = inner * c.Inputs[0].DType.Size();
        byte* to = c.Outputs[0].U8;
        long kept = 0;
        for (long o = 0; o < outer; o++)
        {
            kept = 0;
            for (long i = 0; i < condition.Count; i++)
            {
                if (condition.U8[i] != 0)
                {
                    Buffer.MemoryCopy(c.Inputs[0].U8 + (((o * extent) + i) * bytes), to, bytes, bytes);
                    to += bytes;
                    kept++;
                }
            }
        }

        c.Sizes[0] = kept;
    }

    /// <summary>The shape of what is kept of an input.</summary>
    internal static SymbolicShape Result(InferContext c, int input, int condition)
    {
        c.Expect(condition, DType.Bool);
        SymbolicShape x = c.Shape(input);
        SymbolicShape mask = c.Shape(condition);
        bool flat = !c.Attributes.Has("axis");
        int axis = flat ? -1 : c.Axis(c.Attributes.Int("axis"), x.Rank);
        if (!x.IsFixed || mask.Rank != 1 || !mask.IsFixed || mask[0].Factor > (flat ? x.At(1).ElementCount : x[axis].Factor))
        {
            throw c.Error($"input is {x}, condition {mask}", "they cannot run over rows; the condition is a vector that is not longer than the axis, or than the flat input");
        }

        if (flat)
        {
            return new(Dim.AtMost(mask[0].Factor));
        }

        Dim[] dims = x.Dims.ToArray();
        dims[axis] = Dim.AtMost(mask[0].Factor);
        return new SymbolicShape(dims);
    }

    internal static (long Outer, long Extent, long Inner) Extents(Attributes a, Shape x)
    {
        if (!a.Has("axis"))
        {
            return (1, x.ElementCount, 1);
        }

        var axis = (int)a.Int("axis");
        axis = axis < 0 ? axis + x.Rank : axis;
        return (x.CountTo(axis), x[axis], x.CountFrom(axis + 1));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, 4), new(12)], Attributes.None) { Bools = { 1 } },
        new([new(3, 4, 2), new(3)], new(("axis", 1))) { Bools = { 1 } },
    ];
}
