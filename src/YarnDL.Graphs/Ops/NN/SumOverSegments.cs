using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>What the segments say, added up: how buffers leave a program.</summary>
public sealed unsafe class SumOverSegments : SegmentOperator
{
    public override string Name => "SumOverSegments";

    public override RowBehaviour Rows => RowBehaviour.Reduces;

    public override string Doc => "The first row of each non-empty segment of X (N, ..), added along the tree of the segments; forward only.";

    public override bool IsConstantInput(int input) => true;

    public override ResultType[] Infer(InferContext c) => [new(DType.Float32, new(RowsFirst(c, 1).Dims[1..]))];

    public override Value?[] Gradient(GradientContext c) => [null];

    public override void Run(in RunContext c)
    {
        // Each segment becomes one row, or none when it is empty; how many there are only the run knows.
        long width = c.Inputs[0].Shape.CountFrom(1);
        int segments = c.Rows.Count;
        float* rows = (float*)c.Pool.Scratch.Rent(Math.Max(1, segments * width * sizeof(float)) + ((segments + 1L) * sizeof(int)));
        try
        {
            int* borders = (int*)(rows + (segments * width));
            borders[0] = 0;
            for (int s = 0; s < segments; s++)
            {
                (long first, long count) = Segment(c, s);
                if (count > 0)
                {
                    Buffer.MemoryCopy(c.Inputs[0].F32 + (first * width), rows + (borders[s] * width), width * sizeof(float), width * sizeof(float));
                }

                borders[s + 1] = borders[s] + (count > 0 ? 1 : 0);
            }

            Reduce.SumOverRows(c.Pool, new RowSegments(borders, segments), 1, width, rows, c.Outputs[0].F32);
        }
        finally
        {
            c.Pool.Scratch.Return(rows);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None) { CheckGradient = false }];
}
