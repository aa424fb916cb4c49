using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX MaxPool with one output and one to three spatial axes.</summary>
public sealed unsafe class MaxPool : SpatialPoolOperator
{
    public override string Name => "MaxPool";

    public override int Since => 12;

    public override string Doc => "The largest value of each window of X (N, C, spatial..); among equals the first in row-major order gets the gradient.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("storage_order", 0L)];

    private protected override Value PlanesGradient(GradientContext c)
    {
        Value places = c.G.Add("MaxPoolIndices", [c.Input(0)], c.Attributes);
        return c.G.Add("MaxPoolGrad", [c.Dy, places, c.Input(0)], c.Attributes);
    }

    public override void Run(in RunContext c) =>
        Pooling.MaxForward(c.Pool, (PoolingShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Outputs[0].F32, null);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 4)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })), -5, 5),
        new([new(Dim.N, 2, 5, 7)], new(("kernel_shape", new long[] { 3, 2 }), ("pads", new long[] { 1, 1, 0, 0 }), ("ceil_mode", 1), ("strides", new long[] { 2, 2 })), -5, 5),
        new([new(Dim.N, 2, 3, 4, 5)], new(("kernel_shape", new long[] { 2, 2, 3 }), ("pads", new long[] { 1, 0, 0, 0, 0, 1 })), -5, 5),
        new([new(Dim.N, 2, 9)], new(("kernel_shape", new long[] { 3 }), ("strides", new long[] { 2 })), -5, 5),
    ];
}
