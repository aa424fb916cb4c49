using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of AveragePool.</summary>
public sealed unsafe class AveragePoolGrad : PoolOperator
{
    public override string Name => "AveragePoolGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X): the sum of dY / taps over the windows in which an element lies; the content of X is not read.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("count_include_pad", 0L)];

    private protected override int Source => 1;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override bool IsConstantInput(int input) => input == 1;

    public override ResultType[] Infer(InferContext c)
    {
        ExpectPooled(c, 0);
        return [new(DType.Float32, c.Shape(1))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("AveragePool", [c.Dy], c.Attributes), null];

    public override void Run(in RunContext c) =>
        Pooling.AverageBackward(c.Pool, (PoolingShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Outputs[0].F32);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3, 2), new(Dim.N, 2, 6, 4)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))),
        new([new(Dim.N, 2, 5, 5), new(Dim.N, 2, 5, 5)], new(("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))),
    ];
}
