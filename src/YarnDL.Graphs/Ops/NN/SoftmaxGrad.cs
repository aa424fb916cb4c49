using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Softmax from its result.</summary>
public sealed unsafe class SoftmaxGrad : AxisOperator
{
    public override string Name => "SoftmaxGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, Y): Y (dY - sum of Y dY) along the axis.";

    public override double Flops(PrepareContext c) => 4 * c.OutputElements;

    public override void Run(in RunContext c)
    {
        var e = (Extents)c.State!;
        Tensors.Kernels.Softmax.Backward(c.Pool, e.Outer, e.Count, e.Inner, c.Inputs[1].F32, c.Inputs[0].F32, c.Outputs[0].F32);
    }

    public override IReadOnlyList<OperatorSample> Samples => GradientSamples;
}
