using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of MaxPool from the places of its maxima.</summary>
public sealed unsafe class MaxPoolGrad : PoolOperator
{
    public override string Name => "MaxPoolGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, indices, X): dY at the places of the maxima, 0 elsewhere; the content of X is not read.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("storage_order", 0L)];

    private protected override int Source => 2;

    public override bool ReadsInput(Node node, int input) => input < 2;

    public override bool IsConstantInput(int input) => input > 0;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(1, DType.Int32);
        ExpectPooled(c, 0);
        ExpectPooled(c, 1);
        return [new(DType.Float32, c.Shape(2))];
    }

    public override void Run(in RunContext c) =>
        Pooling.MaxBackward(c.Pool, (PoolingShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Inputs[1].I32, c.Outputs[0].F32);
}
