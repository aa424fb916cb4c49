using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of RoiAlign.</summary>
public sealed unsafe class RoiAlignGrad : RegionOperator
{
    public override string Name => "RoiAlignGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X, rois, batch_indices): the gradient of RoiAlign's X, whose content is not read.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => RoiAlign.Options;

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input != 1;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(4);
        SymbolicShape y = Regions(c, 1, 4, c.Attributes.Int("output_height"), c.Attributes.Int("output_width"));
        return c.Shape(0).Equals(y) ? [new(DType.Float32, c.Shape(1))] : throw c.Error($"dY is {c.Shape(0)}", $"it must be {y}, as the pooled regions");
    }

    public override void Run(in RunContext c)
    {
        Shape x = c.Outputs[0].Shape;
        Shape y = c.Inputs[0].Shape;
        (long height, long width) = (x[2], x[3]);
        new Span<float>(c.Outputs[0].F32, checked((int)x.ElementCount)).Clear();
        for (long k = 0; k < y[0]; k++)
        {
            long image = Image(c, 3, c.Inputs[3].I64[k], k, x[0]);
            var region = new RoiRegion(c.Attributes, c.Inputs[2].F32 + (4 * k), y[2], y[3]);
            for (long i = 0; i < y[1] * y[2] * y[3]; i++)
            {
                (long channel, long row, long column) = (i / (y[2] * y[3]), i / y[3] % y[2], i % y[3]);
                float* plane = c.Outputs[0].F32 + (((image * y[1]) + channel) * height * width);
                float share = c.Inputs[0].F32[(k * y[1] * y[2] * y[3]) + i] / region.Count;
                for (long s = 0; s < region.Down * region.Across; s++)
                {
                    var v = new RoiPlace(region.Y(row, s / region.Across), height);
                    var h = new RoiPlace(region.X(column, s % region.Across), width);
                    if (!v.Outside && !h.Outside)
                    {
                        plane[(v.Low * width) + h.Low] += share * ((1 - v.Share) * (1 - h.Share));
                        plane[(v.Low * width) + h.High] += share * ((1 - v.Share) * h.Share);
                        plane[(v.High * width) + h.Low] += share * (v.Share * (1 - h.Share));
                        plane[(v.High * width) + h.High] += share * (v.Share * h.Share);
                    }
                }
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, 2, 2, 3), new(2, 2, 6, 5), new(3, 4), new(3)], new(("output_height", 2), ("output_width", 3), ("sampling_ratio", 2))) { Numbers = { [2] = RoiAlign.Places }, Indices = { [3] = 2 }, CheckGradient = false },
    ];
}
