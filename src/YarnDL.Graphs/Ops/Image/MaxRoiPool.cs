using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX MaxRoiPool (Girshick 2015).</summary>
public sealed unsafe class MaxRoiPool : RegionOperator
{
    public override string Name => "MaxRoiPool";

    public override int Since => 1;

    public override string Doc => "(K, C, pooled_shape..): the largest values of the bins of the regions rois (K, 5), image x1 y1 x2 y2 with places times spatial_scale and rounded, of the images X (B, C, H, W); an empty bin gives 0.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Options;

    internal static IReadOnlyList<AttributeSpec> Options { get; } = [new("pooled_shape", null), new("spatial_scale", 1f)];

    public override bool IsConstantInput(int input) => input > 0;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        return [new(DType.Float32, Regions(c, 0, 5, c.Attributes.Ints("pooled_shape")[0], c.Attributes.Ints("pooled_shape")[1]))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("MaxRoiPoolGrad", [c.Dy, c.Input(0), c.Input(1)], c.Attributes), null];

    public override void Run(in RunContext c)
    {
        TensorView y = c.Outputs[0];
        for (long i = 0; i < y.Count; i++)
        {
            long place = Largest(c, c.Inputs[0], c.Inputs[1].F32, 1, y.Shape, i);
            y.F32[i] = place < 0 ? 0 : c.Inputs[0].F32[place];
        }
    }

    /// <summary>Regions of the samples.</summary>
    internal static float[] Places { get; } = [0, 1, 1, 7, 9, 1, 0, 3, 4, 3, 1, -4, -4, 2, 30];

    /// <summary>Where the largest value of a bin lies, the first of equals; -1 in an empty bin.</summary>
    internal static long Largest(in RunContext c, TensorView x, float* rois, int input, Shape y, long i)
    {
        float* roi = rois + (i / (y[1] * y[2] * y[3]) * 5);
        float scale = c.Attributes.Float("spatial_scale");
        long image = Image(c, input, roi[0], i / (y[1] * y[2] * y[3]), x.Shape[0]);
        var down = new RoiBins(roi[2], roi[4], scale, y[2], x.Shape[2]);
        var across = new RoiBins(roi[1], roi[3], scale, y[3], x.Shape[3]);
        (long channel, long row, long column) = (i / (y[2] * y[3]) % y[1], i / y[3] % y[2], i % y[3]);
        long plane = ((image * y[1]) + channel) * x.Shape[2] * x.Shape[3];
        long best = -1;
        for (long v = down.Begin(row); v < down.End(row); v++)
        {
            for (long h = across.Begin(column); h < across.End(column); h++)
            {
                long at = plane + (v * x.Shape[3]) + h;
                best = best < 0 || x.F32[at] > x.F32[best] || (float.IsNaN(x.F32[at]) && !float.IsNaN(x.F32[best])) ? at : best;
            }
        }

        return best;
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(2, 2, 6, 5), new(3, 5)], new(("pooled_shape", new long[] { 2, 3 }), ("spatial_scale", 0.5)), -5, 5) { Numbers = { [1] = Places } },
    ];
}
