using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The means that batch normalisation takes.</summary>
public sealed unsafe class SegmentMean : SegmentOperator
{
    public override string Name => "SegmentMean";

    public override string Doc => "(N, C): per channel of X (N, C, spatial..) the mean over the rows of a row's own segment and all positions.";

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = RowsFirst(c, 2);
        return [new(DType.Float32, new(x[0], x[1]))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        SymbolicShape x = c.Input(0).Shape;
        long positions = Count.Of(new SymbolicShape(x.Dims[2..])).Factor;
        Value share = c.G.Add("Div", c.G.Add("SegmentMean", c.Dy), c.G.Constant((float)positions));
        Value wide = Gradients.Shapes.Reshape(c.G, share, new([x[0], x[1], .. Enumerable.Repeat((Dim)1, x.Rank - 2)]));
        return [x.Rank == 2 ? wide : c.G.Add("ExpandLike", wide, c.Input(0))];
    }

    public override long ScratchBytes(PrepareContext c) => c.Output(0)[1] * sizeof(float);

    public override double Flops(PrepareContext c) => c.Input(0).ElementCount;

    public override void Run(in RunContext c)
    {
        Shape x = c.Inputs[0].Shape;
        long channels = x[1];
        long positions = x.CountFrom(2);
        float* sums = (float*)c.Scratch;
        int* borders = stackalloc int[2];
        for (int s = 0; s < c.Rows.Count; s++)
        {
            (long first, long count) = Segment(c, s);
            if (count == 0)
            {
                continue;
            }

            borders[0] = 0;
            borders[1] = (int)count;
            Reduce.SumChannelsOverRows(c.Pool, new RowSegments(borders, 1), channels, positions, c.Inputs[0].F32 + (first * channels * positions), sums);
            float* y = c.Outputs[0].F32 + (first * channels);
            for (long k = 0; k < channels; k++)
            {
                y[k] = sums[k] / (count * positions);
            }

            for (long r = 1; r < count; r++)
            {
                Buffer.MemoryCopy(y, y + (r * channels), channels * sizeof(float), channels * sizeof(float));
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None), new([new(Dim.N, 2, 5)], Attributes.None)];
}
