using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>Rows of a table joined bag by bag, PyTorch's embedding_bag.</summary>
public sealed class EmbeddingBag : CompositeOperator
{
    public override string Name => "EmbeddingBag";

    public override string Domain => "yarndl";

    public override string Doc => "The sum, mean or max (mode) of the rows of W (K, E) that a bag names: bags are the lines of indices (N, L), or the parts of indices (n) that begin at offsets (b); input 3 weighs each index (sum only); entries equal to padding_idx do not count, an empty bag gives zeros.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("mode", "mean"), new("padding_idx", -1L)];

    protected override (int Least, int Most) Inputs => (2, 4);

    public override bool IsConstantInput(int input) => input is 1 or 2;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        string mode = a.String("mode");
        SymbolicShape i = x[1]!.Shape;
        bool flat = x[2] is not null;
        if (mode is not ("sum" or "mean" or "max") || (x[3] is not null && mode != "sum") || i.Rank != (flat ? 1 : 2) || (flat && !i.IsFixed))
        {
            throw new GraphException($"mode is {mode}, indices are {i}; indices are (N, L), or a fixed (n) with offsets, mode is sum, mean or max, and weights go with sum");
        }

        // (bags, entries) with 1 where an entry counts in a bag; what does not count is chosen away, so that nothing of it shows.
        Value entries = g.Add("Embedding", x[0]!, x[1]!);
        Value? member = flat ? Members(g, x[2]!, i[0].Factor) : null;
        if (a.Int("padding_idx") >= 0)
        {
            Value counts = Number(g, g.Add("Not", g.Add("Equal", x[1]!, g.Constant(Tensor.Scalar(a.Int("padding_idx"))))));
            member = member is null ? counts : g.Add("Mul", member, counts);
        }

        Value share = member ?? g.Add("ExpandLike", g.Constant(1f), g.Add("Cast", x[1]!, ("to", 1)));
        Value count = g.Add("ReduceSum", share, g.Constant([1L]));
        Value counted = g.Add("Greater", g.Add("Unsqueeze", share, g.Constant([2L])), g.Constant(0f));
        if (mode == "max")
        {
            Value held = g.Add("Where", [counted, entries, g.Constant(float.NegativeInfinity)]);
            return [g.Add("Where", [g.Add("Greater", count, g.Constant(0f)), g.Add("ReduceMax", held, g.Constant([1L]), ("keepdims", 0)), g.Constant(0f)])];
        }

        entries = x[3] is null ? entries : g.Add("Mul", entries, g.Add("Unsqueeze", x[3]!, g.Constant([-1L])));
        Value sum = g.Add("ReduceSum", g.Add("Where", [counted, entries, g.Constant(0f)]), g.Constant([1L]), ("keepdims", 0));
        return [mode == "sum" ? sum : g.Add("Div", sum, g.Add("Max", count, g.Constant(1f)))];
    }

    public override Value[]? Decompose(GraphBuilder g, Node node) => null;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(7, 3), new(Dim.N, 4)], new(("padding_idx", 1))) { Indices = { [1] = 7 } },
        new([new(7, 3), new(Dim.N, 4)], new(("mode", "max"))) { Indices = { [1] = 7 } },
        new([new(7, 3), new(Dim.N, 4), null, new(Dim.N, 4)], new(("mode", "sum"))) { Indices = { [1] = 7 } },
        new([new(7, 3), new(6), new(3), new(6)], new(("mode", "sum"))) { Indices = { [1] = 7 }, Integers = { [2] = [0, 2, 2] } },
        new([new(7, 3), new(6), new(3)], new(("mode", "max"))) { Indices = { [1] = 7 }, Integers = { [2] = [0, 2, 2] } },
    ];

    private static Value Members(GraphBuilder g, Value offsets, long count)
    {
        Value places = g.Constant(Tensor.From<long>(new Shape(1, count), [.. Enumerable.Range(0, (int)count).Select(p => (long)p)]));
        Value begins = g.Add("Unsqueeze", offsets, g.Constant([1L]));
        Value next = g.Add("Concat", [Formula.Part(g, offsets, 0, 1, offsets.Shape[0].Factor), g.Constant([count])], new Attributes(("axis", 0)));
        Value ends = g.Add("Unsqueeze", next, g.Constant([1L]));
        return Number(g, g.Add("And", g.Add("GreaterOrEqual", places, begins), g.Add("Less", places, ends)));
    }

    private static Value Number(GraphBuilder g, Value truth) => g.Add("Cast", truth, ("to", 1));
}
