using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of LogSoftmax from its result.</summary>
public sealed unsafe class LogSoftmaxGrad : AxisOperator
{
    public override string Name => "LogSoftmaxGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, Y): dY - e^Y sum of dY along the axis.";

    public override double Flops(PrepareContext c) => 4 * c.OutputElements;

    public override void Run(in RunContext c)
    {
        var e = (Extents)c.State!;
        Tensors.Kernels.Softmax.LogBackward(c.Pool, e.Outer, e.Count, e.Inner, c.Inputs[1].F32, c.Inputs[0].F32, c.Outputs[0].F32);
    }

    public override IReadOnlyList<OperatorSample> Samples => GradientSamples;
}
