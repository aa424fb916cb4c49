using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Conv with one to three spatial axes.</summary>
public class Conv : Operator
{
    public override string Name => "Conv";

    public override int Since => 11;

    public override string Doc => "Cross-correlation of X (N, C, spatial..) with W (M, C / group, kernel..) plus B (M): (N, M, spatial..).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Windows.ConvolutionAttributes;

    public override Value[]? Expand(GraphBuilder g, IReadOnlyList<Value?> inputs, Attributes attributes)
    {
        if (inputs[0]!.Shape.Rank != 5 || inputs[1]!.Shape.Rank != 5)
        {
            return null;
        }

        Value y = Volumes.Convolution(g, inputs[0]!, inputs[1]!, attributes);
        return [inputs.Count > 2 && inputs[2] is { } bias ? g.Add("Add", y, Formula.PerChannel(g, bias, 3)) : y];
    }

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        if (c.Shape(0).Rank == 5 && c.Shape(1).Rank == 5)
        {
            return Expansion.Infer(c, this);
        }

        SymbolicShape x = c.Shape(0);
        if (x.RowAxis > 0 || !c.Shape(1).IsFixed)
        {
            throw c.Error($"input is {x}, weight {c.Shape(1)}", "rows must be the first axis of the input and none of the weight");
        }

        ConvolutionShape s = Read(c, x, c.Shape(1));
        if (c.Has(2) && !c.Shape(2).Equals(new SymbolicShape(s.OutputChannels)))
        {
            throw c.Error($"bias is {c.Shape(2)}", $"it must be ({s.OutputChannels})");
        }

        return [new(DType.Float32, Windows.Result(x, s.OutputChannels, s.OutputHeight, s.OutputWidth))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        if (c.Input(0).Shape.Rank == 5)
        {
            return Expansion.Gradient(c);
        }

        Value? dx = c.Needs(0) ? c.G.Add("ConvGradData", [c.Dy, c.Input(1), c.Input(0)], c.Attributes) : null;
        Value? dw = c.Needs(1) ? c.G.Add("ConvGradWeights", [c.Input(0), c.Dy, c.Input(1)], c.Attributes) : null;
        Value? db = null;
        if (c.Needs(2))
        {
            long[] axes = c.Dy.Shape.Rank == 3 ? [0, 2] : [0, 2, 3];
            db = c.G.Add("ReduceSum", c.Dy, c.G.Constant(axes), ("keepdims", 0));
        }

        return [dx, dw, db];
    }

    public override double Flops(PrepareContext c) => 2 * c.OutputElements * Windows.Convolution(c.Attributes, c.Input(0), c.Input(1)).Terms;

    public override object? Prepare(PrepareContext c) =>
        new Plan(Windows.Convolution(c.Attributes, c.Input(0), c.Input(1)), Enum.Parse<Activation>(c.Attributes.Find<string>("activation") ?? nameof(Activation.None)));

    public override long ScratchBytes(PrepareContext c) =>
        Convolution.ForwardScratchBytes(Windows.Convolution(c.Attributes, c.Input(0), c.Input(1)), c.Input(0)[0], c.Threads);

    public override unsafe void Run(in RunContext c)
    {
        var p = (Plan)c.State!;
        float* bias = c.Inputs.Length > 2 ? c.Inputs[2].F32 : null;
        Convolution.Forward(c.Pool, p.Shape, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Inputs[1].F32, bias, p.Activation, c.Outputs[0].F32, c.Scratch);
    }

    /// <summary>The geometry, or an error in the words of the node.</summary>
    internal static ConvolutionShape Read(InferContext c, SymbolicShape x, SymbolicShape w)
    {
        try
        {
            return Windows.Convolution(c.Attributes, x.At(1), w.At(1));
        }
        catch (ArgumentException e)
        {
            throw new GraphException($"[conv] {c.NodeName}: {e.Message.Replace("[conv] ", "")}", e);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 5), new(3, 2, 3, 3), new(3)], Attributes.None),
        new([new(Dim.N, 1, 7, 6), new(4, 1, 5, 5), new(4)], new(("pads", new long[] { 2, 2, 2, 2 }))),
        new([new(Dim.N, 4, 6, 7), new(6, 2, 3, 2)], new(("group", 2), ("strides", new long[] { 2, 1 }), ("pads", new long[] { 1, 0, 0, 1 }), ("dilations", new long[] { 1, 2 }))),
        new([new(Dim.N, 2, 5, 5), new(3, 2, 3, 3)], new(("auto_pad", "SAME_UPPER"), ("strides", new long[] { 2, 2 }))),
        new([new(Dim.N, 2, 3, 4, 3), new(4, 1, 2, 2, 3), new(4)], new(("group", 2), ("pads", new long[] { 1, 0, 1, 0, 0, 0 }), ("strides", new long[] { 2, 1, 1 }))),
        new([new(Dim.N, 2, 9), new(3, 2, 4), new(3)], new(("pads", new long[] { 1, 2 }), ("strides", new long[] { 2 }))),
    ];

    private sealed record Plan(ConvolutionShape Shape, Activation Activation);
}
