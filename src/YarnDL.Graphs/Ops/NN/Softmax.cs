using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Softmax.</summary>
public sealed unsafe class Softmax : AxisOperator
{
    public override string Name => "Softmax";

    public override string Doc => "e^X / sum of e^X along an axis.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("SoftmaxGrad", c.Dy, c.Output(0), ("axis", c.Attributes.Int("axis")))];

    public override double Flops(PrepareContext c) => 8 * c.OutputElements;

    public override void Run(in RunContext c)
    {
        var e = (Extents)c.State!;
        Tensors.Kernels.Softmax.Forward(c.Pool, e.Outer, e.Count, e.Inner, c.Inputs[0].F32, c.Outputs[0].F32);
    }
}
