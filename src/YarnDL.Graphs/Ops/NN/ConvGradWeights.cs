using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of a convolution's weights.</summary>
public sealed unsafe class ConvGradWeights : Operator
{
    public override string Name => "ConvGradWeights";

    public override string Domain => "yarndl";

    public override string Doc => "(X, dY, W): dW of Conv, summed over rows by the tree; the content of W is not read.";

    public override RowBehaviour Rows => RowBehaviour.Reduces;

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Windows.ConvolutionAttributes;

    public override bool ReadsInput(Node node, int input) => input < 2;

    public override bool IsConstantInput(int input) => input == 2;

    public override ResultType[] Infer(InferContext c)
    {
        ConvolutionShape s = Conv.Read(c, c.Shape(0), c.Shape(2));
        SymbolicShape dy = Windows.Result(c.Shape(0), s.OutputChannels, s.OutputHeight, s.OutputWidth);
        if (!c.Shape(0)[0].IsRows)
        {
            throw c.Error($"the input is {c.Shape(0)}", "its first axis must be the rows");
        }

        return c.Shape(1).Equals(dy) ? [new(DType.Float32, c.Shape(2))] : throw c.Error($"the gradient is {c.Shape(1)}", $"it must be {dy}, as the output");
    }

    public override Value?[] Gradient(GradientContext c)
    {
        Value? x = c.Needs(0) ? c.G.Add("ConvGradData", [c.Input(1), c.Dy, c.Input(0)], c.Attributes) : null;
        Value? dy = c.Needs(1) ? c.G.Add("Conv", [c.Input(0), c.Dy], c.Attributes) : null;
        return [x, dy, null];
    }

    public override double Flops(PrepareContext c) => 2.0 * c.Input(1).ElementCount * Windows.Convolution(c.Attributes, c.Input(0), c.Input(2)).Terms;

    public override object? Prepare(PrepareContext c) => Windows.Convolution(c.Attributes, c.Input(0), c.Input(2));

    public override void Run(in RunContext c)
    {
        // Scratch depends on the number of segments, which only the run knows.
        var shape = (ConvolutionShape)c.State!;
        long factor = c.Node.Inputs[0]!.Shape[0].Factor;
        int* borders = stackalloc int[c.Rows.Count + 1];
        for (int s = 0; s <= c.Rows.Count; s++)
        {
            borders[s] = checked((int)(c.Rows.Borders[s] * factor));
        }

        void* scratch = c.Pool.Scratch.Rent(Convolution.BackwardWeightsScratchBytes(shape, c.Inputs[0].Shape[0], c.Rows.Count, c.Pool.Threads));
        try
        {
            Convolution.BackwardWeights(c.Pool, shape, new RowSegments(borders, c.Rows.Count), c.Inputs[0].F32, c.Inputs[1].F32, c.Outputs[0].F32, scratch);
        }
        finally
        {
            c.Pool.Scratch.Return(scratch);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 5), new(Dim.N, 3, 4, 3), new(3, 2, 3, 3)], Attributes.None),
        new([new(Dim.N, 4, 6, 7), new(Dim.N, 6, 3, 6), new(6, 2, 3, 2)], new(("group", 2), ("strides", new long[] { 2, 1 }), ("pads", new long[] { 1, 0, 0, 1 }), ("dilations", new long[] { 1, 2 }))),
    ];
}
