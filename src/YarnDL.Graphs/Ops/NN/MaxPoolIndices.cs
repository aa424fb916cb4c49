using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>Where the maxima of MaxPool lie; a pass joins it with its MaxPool.</summary>
public sealed unsafe class MaxPoolIndices : PoolOperator
{
    public override string Name => "MaxPoolIndices";

    public override string Domain => "yarndl";

    public override string Doc => "The place of each window's maximum in its plane, row x width + column, as int32.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("storage_order", 0L)];

    public override bool IsConstantInput(int input) => true;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        return [new(DType.Int32, Pooled(c))];
    }

    public override long ScratchBytes(PrepareContext c) => c.Output(0).ElementCount * sizeof(float);

    public override void Run(in RunContext c) =>
        Pooling.MaxForward(c.Pool, (PoolingShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, (float*)c.Scratch, c.Outputs[0].I32);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 4)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })), -5, 5) { CheckGradient = false },
    ];
}
