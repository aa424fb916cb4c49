using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of a convolution's input.</summary>
public sealed unsafe class ConvGradData : Operator
{
    public override string Name => "ConvGradData";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, W, X): dX of Conv; the content of X is not read.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Windows.ConvolutionAttributes;

    public override bool ReadsInput(Node node, int input) => input < 2;

    public override bool IsConstantInput(int input) => input == 2;

    public override ResultType[] Infer(InferContext c)
    {
        ConvolutionShape s = Conv.Read(c, c.Shape(2), c.Shape(1));
        SymbolicShape dy = Windows.Result(c.Shape(2), s.OutputChannels, s.OutputHeight, s.OutputWidth);
        return c.Shape(0).Equals(dy) ? [new(DType.Float32, c.Shape(2))] : throw c.Error($"the gradient is {c.Shape(0)}", $"it must be {dy}, as the output");
    }

    public override Value?[] Gradient(GradientContext c)
    {
        Value? dy = c.Needs(0) ? c.G.Add("Conv", [c.Dy, c.Input(1)], c.Attributes) : null;
        Value? w = c.Needs(1) ? c.G.Add("ConvGradWeights", [c.Dy, c.Input(0), c.Input(1)], c.Attributes) : null;
        return [dy, w, null];
    }

    public override double Flops(PrepareContext c) => 2.0 * c.Input(0).ElementCount * Windows.Convolution(c.Attributes, c.Input(2), c.Input(1)).Terms;

    public override object? Prepare(PrepareContext c) => Windows.Convolution(c.Attributes, c.Input(2), c.Input(1));

    public override long ScratchBytes(PrepareContext c) =>
        Convolution.BackwardDataScratchBytes(Windows.Convolution(c.Attributes, c.Input(2), c.Input(1)), c.Input(0)[0], c.Threads);

    public override void Run(in RunContext c) =>
        Convolution.BackwardData(c.Pool, (ConvolutionShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Inputs[1].F32, c.Outputs[0].F32, c.Scratch);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 4, 3), new(3, 2, 3, 3), new(Dim.N, 2, 6, 5)], Attributes.None),
        new([new(Dim.N, 6, 3, 6), new(6, 2, 3, 2), new(Dim.N, 4, 6, 7)], new(("group", 2), ("strides", new long[] { 2, 1 }), ("pads", new long[] { 1, 0, 0, 1 }), ("dilations", new long[] { 1, 2 }))),
    ];
}
