using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>Gather of rows of a trained table, with PyTorch's options for the gradient.</summary>
public sealed class Embedding : Operator
{
    public override string Name => "Embedding";

    public override string Domain => "yarndl";

    public override string Doc => "Rows of W (entries, width) by index: (i..) gives (i.., width). The row padding_idx gets no gradient; scale_grad_by_freq divides a row's gradient by its number of uses in the segment. sparse: a training sends and updates only the rows it touches. max_norm: a training cuts rows to this length, at first and after each update; 0: never. An index below 0 is refused, but from lowest (0) on it counts from the end: the mark of an empty place that is chosen away later.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("padding_idx", -1L), new("scale_grad_by_freq", 0L), new("sparse", 0L), new("max_norm", 0f), new("lowest", 0L)];

    public override bool IsConstantInput(int input) => input == 1;

    public override ResultType[] Infer(InferContext c)
    {
        if (c.Shape(0).Rank != 2 || c.DType(1) is not (DType.Int64 or DType.Int32))
        {
            throw c.Error($"W is {c.Shape(0)}, indices are {c.DType(1)}", "W is (entries, width), indices are int64 or int32; add a Cast");
        }

        if (c.Attributes.Int("padding_idx") >= c.Shape(0)[0].Factor)
        {
            throw c.Error($"padding_idx is {c.Attributes.Int("padding_idx")}", $"W has rows 0..{c.Shape(0)[0].Factor - 1}");
        }

        return [new(c.DType(0), new SymbolicShape([.. c.Shape(1).Dims, c.Shape(0)[1]]))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("GatherGrad", [c.Dy, c.Input(0), c.Input(1)], new Attributes(("padding_idx", c.Attributes.Int("padding_idx")), ("scale_grad_by_freq", c.Attributes.Int("scale_grad_by_freq")))), null];

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c) => Ops.Gather.Lines(c, 0, c.Attributes.Int("lowest"));

    public override Value[]? Decompose(GraphBuilder g, Node node) => [g.Add("Gather", node.Inputs[0]!, node.Inputs[1]!)];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(7, 3), new(Dim.N, 4)], Attributes.None) { Indices = { [1] = 7 } },
        new([new(5, 3), new(Dim.N)], new(("padding_idx", 1))) { Indices = { [1] = 5 }, CheckGradient = false },
    ];
}
