using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX AveragePool with one to three spatial axes.</summary>
public sealed unsafe class AveragePool : SpatialPoolOperator
{
    public override string Name => "AveragePool";

    public override int Since => 11;

    public override string Doc => "The mean of each window of X (N, C, spatial..), over the taps inside the input or, with count_include_pad, the padded input.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("count_include_pad", 0L)];

    private protected override ResultType[] Planes(InferContext c) => c.Attributes.Find<long[]>("dilations") is { } d && d.Any(x => x != 1)
        ? throw c.Error("averages with dilations are not supported", "leave dilations out") : base.Planes(c);

    private protected override Value PlanesGradient(GradientContext c) => c.G.Add("AveragePoolGrad", [c.Dy, c.Input(0)], c.Attributes);

    public override void Run(in RunContext c) =>
        Pooling.AverageForward(c.Pool, (PoolingShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Outputs[0].F32);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 4)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))),
        new([new(Dim.N, 2, 5, 7)], new(("kernel_shape", new long[] { 3, 2 }), ("pads", new long[] { 1, 1, 1, 0 }), ("strides", new long[] { 2, 1 }))),
        new([new(Dim.N, 2, 5, 7)], new(("kernel_shape", new long[] { 3, 2 }), ("pads", new long[] { 1, 1, 1, 0 }), ("count_include_pad", 1))),
        new([new(Dim.N, 2, 3, 4, 5)], new(("kernel_shape", new long[] { 2, 2, 3 }), ("pads", new long[] { 1, 0, 0, 0, 0, 1 }))),
        new([new(Dim.N, 2, 9)], new(("kernel_shape", new long[] { 3 }))),
    ];
}
