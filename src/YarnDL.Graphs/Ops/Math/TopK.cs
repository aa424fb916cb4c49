using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX TopK; with k the whole extent it sorts.</summary>
public sealed unsafe class TopK : Operator
{
    public override string Name => "TopK";

    public override string Doc => "The k largest (or smallest) values along an axis in order, and their places as int64; among equals the first place comes first, NaN counts as largest.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L), new("largest", 1L), new("sorted", 1L)];

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        long k = c.KnownInts(1, "K")[0];
        if (x[axis].IsRows || k < 0 || k > x[axis].Factor)
        {
            throw c.Error($"K is {k} along axis {axis} of {x}", "the axis is not the rows, and K is at most its extent");
        }

        Dim[] dims = x.Dims.ToArray();
        dims[axis] = k;
        return [new(DType.Float32, new SymbolicShape(dims)), new(DType.Int64, new SymbolicShape(dims))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        Value places = c.HasOutput(1) ? c.Output(1) : c.G.AddNode(this, [c.Input(0), c.Input(1)], c.Attributes, 2)[1];
        Value zeros = c.G.Add("ExpandLike", c.G.Constant(0f), c.Input(0));
        return [c.G.Add("ScatterElements", [zeros, places, c.Dy], new Attributes(("axis", c.Attributes.Int("axis")), ("reduction", "add"))), null];
    }

    public override double Flops(PrepareContext c) => c.Input(0).ElementCount * 8.0;

    public override long ScratchBytes(PrepareContext c)
    {
        int axis = (int)c.Attributes.Int("axis");
        return 2 * sizeof(long) * c.Input(0)[axis < 0 ? axis + c.Input(0).Rank : axis];
    }

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + x.Shape.Rank : axis;
        bool largest = c.Attributes.Int("largest") != 0;
        long count = x.Shape[axis];
        long k = c.Outputs[0].Shape[axis];
        long inner = x.Shape.CountFrom(axis + 1);
        long lines = x.Shape.CountTo(axis) * inner;
        long* order = (long*)c.Scratch;
        for (long l = 0; l < lines; l++)
        {
            float* line = x.F32 + (l / inner * count * inner) + (l % inner);
            for (long i = 0; i < count; i++)
            {
                order[i] = i;
            }

            long* sorted = Sort(line, inner, largest, order, order + count, count);
            long to = (l / inner * k * inner) + (l % inner);
            for (long i = 0; i < k; i++)
            {
                c.Outputs[0].F32[to + (i * inner)] = line[sorted[i] * inner];
                if (c.Outputs.Length > 1 && c.Outputs[1].Data != null)
                {
                    c.Outputs[1].I64[to + (i * inner)] = sorted[i];
                }
            }
        }
    }

    /// <summary>Stable merge sort of places; returns the buffer that holds the result.</summary>
    private static long* Sort(float* line, long step, bool largest, long* a, long* b, long count)
    {
        for (long width = 1; width < count; width *= 2)
        {
            for (long start = 0; start < count; start += 2 * width)
            {
                long middle = Math.Min(start + width, count);
                long end = Math.Min(start + (2 * width), count);
                long left = start;
                long right = middle;
                for (long to = start; to < end; to++)
                {
                    bool takeRight = left == middle || (right < end && Before(line[a[right] * step], line[a[left] * step], largest));
                    b[to] = takeRight ? a[right++] : a[left++];
                }
            }

            long* other = a;
            a = b;
            b = other;
        }

        return a;
    }

    private static bool Before(float x, float y, bool largest) => largest
        ? x > y || (float.IsNaN(x) && !float.IsNaN(y))
        : x < y || (float.IsNaN(y) && !float.IsNaN(x));

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 7), new(1)], Attributes.None, Outputs: 2) { Integers = { [1] = [3] } },
        new([new(Dim.N, 5, 2), new(1)], new(("axis", 1), ("largest", 0)), Outputs: 2) { Integers = { [1] = [5] } },
    ];
}
