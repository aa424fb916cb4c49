using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of MaxRoiPool.</summary>
public sealed unsafe class MaxRoiPoolGrad : RegionOperator
{
    public override string Name => "MaxRoiPoolGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X, rois): dY added at the places of MaxRoiPool's maxima.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => MaxRoiPool.Options;

    public override bool IsConstantInput(int input) => input > 0;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(3);
        SymbolicShape y = Regions(c, 1, 5, c.Attributes.Ints("pooled_shape")[0], c.Attributes.Ints("pooled_shape")[1]);
        return c.Shape(0).Equals(y) ? [new(DType.Float32, c.Shape(1))] : throw c.Error($"dY is {c.Shape(0)}", $"it must be {y}, as the pooled regions");
    }

    public override void Run(in RunContext c)
    {
        TensorView dy = c.Inputs[0];
        float* dx = c.Outputs[0].F32;
        new Span<float>(dx, checked((int)c.Outputs[0].Count)).Clear();
        for (long i = 0; i < dy.Count; i++)
        {
            long place = MaxRoiPool.Largest(c, c.Inputs[1], c.Inputs[2].F32, 2, dy.Shape, i);
            if (place >= 0)
            {
                dx[place] += dy.F32[i];
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, 2, 2, 3), new(2, 2, 6, 5), new(3, 5)], new(("pooled_shape", new long[] { 2, 3 }), ("spatial_scale", 0.5)), -5, 5) { Numbers = { [2] = MaxRoiPool.Places }, CheckGradient = false },
    ];
}
