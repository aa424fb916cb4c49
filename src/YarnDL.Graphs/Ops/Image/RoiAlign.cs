using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX RoiAlign with means (He et al. 2017).</summary>
public sealed unsafe class RoiAlign : RegionOperator
{
    public override string Name => "RoiAlign";

    public override int Since => 16;

    public override string Doc => "(K, C, output_height, output_width): means of samples, two by two neighbours weighted, over the bins of the regions rois (K, 4), x1 y1 x2 y2 times spatial_scale, of the images X (B, C, H, W) that batch_indices (K) name; mode avg only.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Options;

    internal static IReadOnlyList<AttributeSpec> Options { get; } =
    [
        new("coordinate_transformation_mode", "half_pixel"), new("mode", "avg"), new("output_height", 1L), new("output_width", 1L), new("sampling_ratio", 0L), new("spatial_scale", 1f),
    ];

    /// <summary>Regions of the samples.</summary>
    internal static float[] Places { get; } = [0.3f, 0.2f, 3.1f, 4.7f, -1.5f, -0.5f, 2.25f, 2, 1, 3, 7.5f, 9];

    public override bool IsConstantInput(int input) => input > 0;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(3);
        c.Expect(2, DType.Int64);
        if (c.Attributes.String("mode") != "avg" || c.Attributes.String("coordinate_transformation_mode") is not ("half_pixel" or "output_half_pixel"))
        {
            throw c.Error($"mode is {c.Attributes.String("mode")}, coordinate_transformation_mode {c.Attributes.String("coordinate_transformation_mode")}", "they must be avg and half_pixel or output_half_pixel");
        }

        return [new(DType.Float32, Regions(c, 0, 4, c.Attributes.Int("output_height"), c.Attributes.Int("output_width")))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("RoiAlignGrad", [c.Dy, c.Input(0), c.Input(1), c.Input(2)], c.Attributes), null, null];

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        Shape y = c.Outputs[0].Shape;
        (long height, long width) = (x.Shape[2], x.Shape[3]);
        for (long k = 0; k < y[0]; k++)
        {
            long image = Image(c, 2, c.Inputs[2].I64[k], k, x.Shape[0]);
            var region = new RoiRegion(c.Attributes, c.Inputs[1].F32 + (4 * k), y[2], y[3]);
            for (long i = 0; i < y[1] * y[2] * y[3]; i++)
            {
                (long channel, long row, long column) = (i / (y[2] * y[3]), i / y[3] % y[2], i % y[3]);
                float* plane = x.F32 + (((image * y[1]) + channel) * height * width);
                float sum = 0;
                for (long s = 0; s < region.Down * region.Across; s++)
                {
                    var v = new RoiPlace(region.Y(row, s / region.Across), height);
                    var h = new RoiPlace(region.X(column, s % region.Across), width);
                    sum += v.Outside || h.Outside ? 0
                        : ((1 - v.Share) * (((1 - h.Share) * plane[(v.Low * width) + h.Low]) + (h.Share * plane[(v.Low * width) + h.High])))
                            + (v.Share * (((1 - h.Share) * plane[(v.High * width) + h.Low]) + (h.Share * plane[(v.High * width) + h.High])));
                }

                c.Outputs[0].F32[(k * y[1] * y[2] * y[3]) + i] = sum / region.Count;
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(2, 2, 6, 5), new(3, 4), new(3)], new(("output_height", 2), ("output_width", 3), ("sampling_ratio", 2))) { Numbers = { [1] = Places }, Indices = { [2] = 2 } },
        new([new(2, 2, 6, 5), new(3, 4), new(3)], new(("output_height", 2), ("output_width", 2), ("coordinate_transformation_mode", "output_half_pixel"))) { Numbers = { [1] = Places }, Indices = { [2] = 2 } },
    ];
}
