using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Gather; the table's rows must not be the rows of the batch.</summary>
public sealed unsafe class Gather : Operator
{
    public override string Name => "Gather";

    public override string Doc => "Entries of X along axis by index; indices are -extent..extent-1. (.., extent, ..) and (i..) give (.., i.., ..).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 0L)];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        if (c.DType(1) is not (DType.Int64 or DType.Int32))
        {
            throw c.Error($"indices are {c.DType(1)}", "they must be int64 or int32; add a Cast");
        }

        if (x[axis].IsRows)
        {
            throw c.Error($"axis {axis} of {x} runs over rows", "rows cannot be picked inside a graph");
        }

        var dims = new List<Dim>();
        for (int a = 0; a < axis; a++)
        {
            dims.Add(x[a]);
        }

        foreach (Dim d in c.Shape(1).Dims)
        {
            dims.Add(d);
        }

        for (int a = axis + 1; a < x.Rank; a++)
        {
            dims.Add(x[a]);
        }

        return [new(c.DType(0), new SymbolicShape([.. dims]), Pick(c, x))];
    }

    public override bool IsConstantInput(int input) => input == 1;

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("GatherGrad", [c.Dy, c.Input(0), c.Input(1)], c.Attributes), null];

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c)
    {
        int axis = (int)c.Attributes.Int("axis");
        Lines(c, axis < 0 ? axis + c.Inputs[0].Shape.Rank : axis);
    }

    /// <summary>Copies lines behind an axis by index; used by all operators that pick.</summary>
    /// <exception cref="InputValueException">An index is outside the axis.</exception>
    internal static void Lines(in RunContext c, int axis, long lowest = long.MinValue)
    {
        TensorView x = c.Inputs[0];
        long extent = x.Shape[axis];
        long least = Math.Max(lowest, -extent);
        long bytes = x.Shape.CountFrom(axis + 1) * x.DType.Size();
        long outer = x.Shape.CountTo(axis);
        TensorView indices = c.Inputs[1];
        byte* to = c.Outputs[0].U8;
        for (long o = 0; o < outer; o++)
        {
            byte* from = x.U8 + (o * extent * bytes);
            for (long i = 0; i < indices.Count; i++)
            {
                long k = indices.DType == DType.Int64 ? indices.I64[i] : indices.I32[i];
                if (k < least || k >= extent)
                {
                    throw new InputValueException($"[{c.Node.Operator.Name}] {c.Node.Name}: index {k} at position {i} of {c.Node.Inputs[1]!.Name}; it must be {least}..{extent - 1}; mend the data or enlarge the table", Row(indices, i));
                }

                Buffer.MemoryCopy(from + ((k < 0 ? k + extent : k) * bytes), to, bytes, bytes);
                to += bytes;
            }
        }
    }

    private static long Row(TensorView indices, long i) => indices.Shape.Rank == 0 ? 0 : i / Math.Max(1, indices.Shape.CountFrom(1));

    private static Dim[]? Pick(InferContext c, SymbolicShape x)
    {
        if (x.Rank != 1 || c.KnownValue(0) is not { } values || c.KnownValue(1) is not { } at || at.Any(d => !d.IsFixed || d.Factor < -values.Count || d.Factor >= values.Count))
        {
            return null;
        }

        return [.. at.Select(d => values[(int)(d.Factor < 0 ? d.Factor + values.Count : d.Factor)])];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(7, 3), new(Dim.N)], Attributes.None) { Indices = { [1] = 7 } },
        new([new(7, 3), new(Dim.N, 2)], Attributes.None) { Indices = { [1] = 7 } },
        new([new(Dim.N, 5), new(2)], new(("axis", 1))) { Integers = { [1] = [-1, 2] } },
    ];
}
