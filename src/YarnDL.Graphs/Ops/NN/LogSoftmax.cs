using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX LogSoftmax.</summary>
public sealed unsafe class LogSoftmax : AxisOperator
{
    public override string Name => "LogSoftmax";

    public override string Doc => "X - ln(sum of e^X) along an axis.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("LogSoftmaxGrad", c.Dy, c.Output(0), ("axis", c.Attributes.Int("axis")))];

    public override double Flops(PrepareContext c) => 8 * c.OutputElements;

    public override void Run(in RunContext c)
    {
        var e = (Extents)c.State!;
        Tensors.Kernels.Softmax.LogForward(c.Pool, e.Outer, e.Count, e.Inner, c.Inputs[0].F32, c.Outputs[0].F32);
    }
}
