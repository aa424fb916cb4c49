using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>MaxPool and MaxPoolIndices in one pass over the input; the fusion pass makes it.</summary>
public sealed unsafe class MaxPoolWithIndices : PoolOperator
{
    public override string Name => "MaxPoolWithIndices";

    public override string Domain => "yarndl";

    public override string Doc => "MaxPool(X) and MaxPoolIndices(X).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("storage_order", 0L)];

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape y = Pooled(c);
        return [new(DType.Float32, y), new(DType.Int32, y)];
    }

    public override void Run(in RunContext c) =>
        Pooling.MaxForward(c.Pool, (PoolingShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Outputs[0].F32, c.Outputs[1].I32);

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("MaxPoolGrad", [c.Dy, c.Output(1), c.Input(0)], c.Attributes)];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 4)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 })), -5, 5, Outputs: 2),
    ];
}
