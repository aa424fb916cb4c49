using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ConvTranspose with one to three spatial axes: the gradient of a convolution's input as a layer.</summary>
public sealed unsafe class ConvTranspose : Operator
{
    public override string Name => "ConvTranspose";

    public override int Since => 11;

    public override string Doc => "X (N, C, spatial..) with W (C, M / group, kernel..) plus B (M): the transpose of Conv; extents stride (X - 1) + dilation (kernel - 1) + 1 + output_padding - pads.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [.. Windows.ConvolutionAttributes, new("output_padding", null, Optional: true)];

    public override Value[]? Expand(GraphBuilder g, IReadOnlyList<Value?> inputs, Attributes attributes)
    {
        if (inputs.Count > 2 && inputs[2] is { } bias)
        {
            Value y = g.Add("ConvTranspose", [inputs[0], inputs[1]], attributes);
            return [g.Add("Add", y, Formula.PerChannel(g, bias, y.Shape.Rank - 2))];
        }

        return inputs[0]!.Shape.Rank == 5 ? [Volumes.ConvolutionTransposed(g, inputs[0]!, inputs[1]!, attributes)] : null;
    }

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(1, DType.Float32);
        SymbolicShape x = c.Shape(0);
        if (x.RowAxis > 0 || !c.Shape(1).IsFixed || c.Shape(1).Rank != x.Rank || x.Rank is < 3 or > 5 || c.Attributes.String("auto_pad") != "NOTSET")
        {
            throw c.Error($"input is {x}, weight {c.Shape(1)}, auto_pad {c.Attributes.String("auto_pad")}", "rows must be the first axis of the input, both have one to three spatial axes, and pads are written out");
        }

        if (c.Has(2) || x.Rank == 5)
        {
            return Expansion.Infer(c, this);
        }

        SymbolicShape y = Result(c.Attributes, x, c.Shape(1));
        if (!Windows.Result(y, x[1].Factor, Read(c.Attributes, y, c.Shape(1)).OutputHeight, Read(c.Attributes, y, c.Shape(1)).OutputWidth).Equals(x))
        {
            throw c.Error($"input is {x}, weight {c.Shape(1)}", "the channels must be those of the weight, output_padding less than the stride");
        }

        return [new(DType.Float32, y)];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        if (Expand(c.G, c.Node.Inputs, c.Attributes) is not null)
        {
            return Expansion.Gradient(c);
        }

        Attributes a = Without(c.Attributes);
        Value? dx = c.Needs(0) ? c.G.Add("Conv", [c.Dy, c.Input(1)], a) : null;
        Value? dw = c.Needs(1) ? c.G.Add("ConvGradWeights", [c.Dy, c.Input(0), c.Input(1)], a) : null;
        return [dx, dw];
    }

    public override double Flops(PrepareContext c) => 2.0 * c.Input(0).ElementCount * c.Input(1).CountFrom(1);

    public override object? Prepare(PrepareContext c) => Windows.Convolution(c.Attributes, c.Output(0), c.Input(1));

    public override long ScratchBytes(PrepareContext c) => Convolution.BackwardDataScratchBytes(Windows.Convolution(c.Attributes, c.Output(0), c.Input(1)), c.Input(0)[0], c.Threads);

    public override void Run(in RunContext c) =>
        Convolution.BackwardData(c.Pool, (ConvolutionShape)c.State!, c.Inputs[0].Shape[0], c.Inputs[0].F32, c.Inputs[1].F32, c.Outputs[0].F32, c.Scratch);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 4, 3), new(3, 2, 3, 3), new(2)], Attributes.None),
        new([new(Dim.N, 4, 3, 3), new(4, 3, 3, 2)], new(("group", 2), ("strides", new long[] { 2, 1 }), ("pads", new long[] { 1, 0, 0, 1 }), ("output_padding", new long[] { 1, 0 }))),
        new([new(Dim.N, 2, 5), new(2, 3, 3), new(3)], new(("strides", new long[] { 2 }))),
        new([new(Dim.N, 2, 2, 2, 3), new(2, 3, 2, 3, 2), new(3)], new(("strides", new long[] { 2, 2, 1 }), ("pads", new long[] { 0, 1, 0, 0, 1, 0 }))),
    ];

    /// <summary>The shape of the result.</summary>
    internal static SymbolicShape Result(Attributes a, SymbolicShape x, SymbolicShape w)
    {
        int axes = x.Rank - 2;
        long[] one = [.. Enumerable.Repeat(1L, axes)];
        long[] strides = a.Find<long[]>("strides") ?? one;
        long[] dilations = a.Find<long[]>("dilations") ?? one;
        long[] pads = a.Find<long[]>("pads") ?? new long[2 * axes];
        long[] more = a.Find<long[]>("output_padding") ?? new long[axes];
        Dim[] dims = x.Dims.ToArray();
        dims[1] = w[1].Factor * a.Int("group");
        for (int i = 0; i < axes; i++)
        {
            dims[i + 2] = (strides[i] * (dims[i + 2].Factor - 1)) + (dilations[i] * (w[i + 2].Factor - 1)) + 1 + more[i] - pads[i] - pads[i + axes];
        }

        return new SymbolicShape(dims);
    }

    private static ConvolutionShape Read(Attributes a, SymbolicShape y, SymbolicShape w)
    {
        try
        {
            return Windows.Convolution(a, y.At(1), w.At(1));
        }
        catch (ArgumentException e)
        {
            throw new GraphException($"[ConvTranspose] {e.Message.Replace("[conv] ", "")}", e);
        }
    }

    private static Attributes Without(Attributes a)
    {
        Attributes kept = Attributes.None;
        foreach ((string name, object value) in a.All)
        {
            kept = name == "output_padding" ? kept : kept.With(name, value);
        }

        return kept;
    }
}
