using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX NonMaxSuppression.</summary>
public sealed unsafe class NonMaxSuppression : Operator
{
    public override string Name => "NonMaxSuppression";

    public override int Since => 11;

    public override string Doc => "(n, 3) image, class and box of the boxes (B, K, 4) that stay by their scores (B, C, K): by falling score, at most input 2 for each class, none that overlaps a better one by more than input 3, none with a score of input 4 or less; n depends on data.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("center_point_box", 0L)];

    public override RowBehaviour Rows => RowBehaviour.Mixes;

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) => new Value?[c.Node.Inputs.Count];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape boxes = c.Shape(0);
        SymbolicShape scores = c.Shape(1);
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        if (!boxes.IsFixed || !scores.IsFixed || boxes.Rank != 3 || scores.Rank != 3 || boxes[2] != 4 || boxes[0] != scores[0] || boxes[1] != scores[2])
        {
            throw c.Error($"boxes are {boxes}, scores {scores}", "they must be (B, K, 4) and (B, C, K) with fixed extents");
        }

        for (int i = 2; i < 5; i++)
        {
            if (c.Has(i))
            {
                c.Expect(i, i == 2 ? DType.Int64 : DType.Float32);
            }
        }

        return [new(DType.Int64, new(Dim.AtMost(scores.At(1).ElementCount), 3))];
    }

    public override long ScratchBytes(PrepareContext c) => c.Input(0)[1] * (sizeof(float) + sizeof(int)) * 2;

    public override void Run(in RunContext c)
    {
        Shape scores = c.Inputs[1].Shape;
        int boxes = checked((int)scores[2]);
        long most = c.Inputs.Length > 2 && !c.Inputs[2].IsEmpty ? c.Inputs[2].I64[0] : 0;
        float overlap = c.Inputs.Length > 3 && !c.Inputs[3].IsEmpty ? c.Inputs[3].F32[0] : 0;
        float least = c.Inputs.Length > 4 && !c.Inputs[4].IsEmpty ? c.Inputs[4].F32[0] : float.NegativeInfinity;
        bool centre = c.Attributes.Int("center_point_box") != 0;
        var keys = new Span<float>(c.Scratch, boxes);
        var order = new Span<int>((int*)((float*)c.Scratch + boxes), boxes);
        int* kept = (int*)((float*)c.Scratch + (2L * boxes));
        long* to = c.Outputs[0].I64;
        long found = 0;
        for (long b = 0; b < scores[0]; b++)
        {
            float* corners = c.Inputs[0].F32 + (b * boxes * 4);
            for (long k = 0; k < scores[1]; k++)
            {
                float* score = c.Inputs[1].F32 + (((b * scores[1]) + k) * boxes);
                int count = 0;
                for (int i = 0; i < boxes; i++)
                {
                    if (score[i] > least)
                    {
                        order[count++] = i;
                    }
                }

                Sort(score, order[..count], keys);
                int stay = 0;
                for (int i = 0; i < count && stay < most; i++)
                {
                    bool free = true;
                    for (int j = 0; j < stay && free; j++)
                    {
                        free = !(Overlap(corners + (4 * order[i]), corners + (4 * kept[j]), centre) > overlap);
                    }

                    if (free)
                    {
                        kept[stay++] = order[i];
                        to[3 * found] = b;
                        to[(3 * found) + 1] = k;
                        to[(3 * found++) + 2] = order[i];
                    }
                }
            }
        }

        c.Sizes[0] = found;
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(2, 6, 4), new(2, 3, 6), new(1), SymbolicShape.Scalar, SymbolicShape.Scalar], Attributes.None, 0, 1) { Integers = { [2] = [3] }, Numbers = { [3] = [0.2f], [4] = [0.25f] } },
        new([new(1, 6, 4), new(1, 1, 6), new(1), SymbolicShape.Scalar], new(("center_point_box", 1)), 0, 1) { Integers = { [2] = [6] }, Numbers = { [3] = [0.1f] } },
    ];

    /// <summary>By falling score; equal scores by rising place.</summary>
    private static void Sort(float* score, Span<int> order, Span<float> keys)
    {
        for (int i = 0; i < order.Length; i++)
        {
            keys[i] = -score[order[i]];
        }

        keys[..order.Length].Sort(order);
        for (int i = 0; i < order.Length;)
        {
            int end = i + 1;
            while (end < order.Length && keys[end] == keys[i])
            {
                end++;
            }

            order[i..end].Sort();
            i = end;
        }
    }

    private static float Overlap(float* a, float* b, bool centre)
    {
        float common = Side(a, b, 0, centre) * Side(a, b, 1, centre);
        return common > 0 ? common / (Area(a, centre) + Area(b, centre) - common) : 0;
    }

    private static float Low(float* box, int axis, bool centre) => centre ? box[axis] - (box[axis + 2] / 2) : Math.Min(box[axis], box[axis + 2]);

    private static float High(float* box, int axis, bool centre) => centre ? box[axis] + (box[axis + 2] / 2) : Math.Max(box[axis], box[axis + 2]);

    private static float Area(float* box, bool centre) => (High(box, 0, centre) - Low(box, 0, centre)) * (High(box, 1, centre) - Low(box, 1, centre));

    private static float Side(float* a, float* b, int axis, bool centre) =>
        Math.Max(0, Math.Min(High(a, axis, centre), High(b, axis, centre)) - Math.Max(Low(a, axis, centre), Low(b, axis, centre)));
}
