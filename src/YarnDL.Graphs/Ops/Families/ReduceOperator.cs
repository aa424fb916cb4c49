using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Reductions over axes. Where the row axis is among them, sums run segment by segment and join by the tree.</summary>
public abstract unsafe class ReduceOperator : Operator
{
    public override int Since => 18;

    public override RowBehaviour Rows => RowBehaviour.Reduces;

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axes", null, Optional: true), new("keepdims", 1L), new("noop_with_empty_axes", 0L)];

    /// <summary>What is made of the terms.</summary>
    protected abstract Reduction Reduction { get; }

    public override RowBehaviour RowsOf(Node node) => node.Inputs[0]!.Shape.RowAxis is >= 0 and int rows && (Axes(node.Attributes, node.Inputs) >> rows & 1) == 1
        ? RowBehaviour.Reduces : RowBehaviour.PerRow;

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(0);
        if (c.Has(1))
        {
            foreach (long a in c.KnownInts(1, "axes"))
            {
                c.Axis(a, x.Rank);
            }
        }

        ulong axes = Axes(c.Attributes, c.Has(1) ? [c.Input(0), c.Input(1)] : [c.Input(0)]);
        bool keep = c.Attributes.Int("keepdims") != 0;
        var dims = new List<Dim>();
        for (int a = 0; a < x.Rank; a++)
        {
            bool reduced = (axes >> a & 1) == 1;
            if (reduced && x[a].IsRows && a != 0 && Reduction != Reduction.Max)
            {
                throw c.Error($"axis {a} of {x} runs over rows", "rows are summed only as the first axis; add a Transpose");
            }

            if (!reduced)
            {
                dims.Add(x[a]);
            }
            else if (keep)
            {
                dims.Add(1);
            }
        }

        return [new(DType.Float32, new SymbolicShape([.. dims]))];
    }

    public override object? Prepare(PrepareContext c)
    {
        SymbolicShape symbolic = c.Node.Inputs[0]!.Shape;
        return new Plan(c.Input(0), Axes(c.Attributes, c.Node.Inputs), symbolic.RowAxis == 0 ? symbolic[0].Factor : 0);
    }

    public override long ScratchBytes(PrepareContext c) => ((Plan)Prepare(c)!).ScratchBytes;

    public override double Flops(PrepareContext c) => c.Input(0).ElementCount;

    public override void Run(in RunContext c)
    {
        var p = (Plan)c.State!;
        float* x = c.Inputs[0].F32;
        float* y = c.Outputs[0].F32;
        if (!p.OverRows || Reduction == Reduction.Max)
        {
            Reduce.Run(c.Pool, Reduction, c.Inputs[0].Shape, p.Axes, x, y);
            return;
        }

        if (p.Channels)
        {
            Reduce.SumChannelsOverRows(c.Pool, c.Rows, p.Kept, p.Positions, x, y);
        }
        else
        {
            if (p.Order is not null)
            {
                p.Order.Copy(c.Pool, x, c.Scratch);
                x = (float*)c.Scratch;
            }

            Reduce.SumOverRows(c.Pool, c.Rows, p.Positions, p.Kept, x, y);
        }

        if (Reduction == Reduction.Mean)
        {
            Elementwise.BinaryScalar<BinaryOperators.Divide>(c.Pool, p.Kept, y, p.Positions * (float)c.Rows.Rows, y);
        }
    }

    /// <summary>dY as it would be with keepdims, spread over the shape of X.</summary>
    protected static Value Spread(GradientContext c, Value dy) => c.G.Add("ExpandLike", Gradients.Shapes.Reshape(c.G, dy, Kept(c)), c.Input(0));

    /// <summary>The shape of the result with keepdims.</summary>
    protected static SymbolicShape Kept(GradientContext c)
    {
        ulong axes = Axes(c.Attributes, c.Node.Inputs);
        Dim[] dims = c.Input(0).Shape.Dims.ToArray();
        for (int a = 0; a < dims.Length; a++)
        {
            dims[a] = (axes >> a & 1) == 1 ? 1 : dims[a];
        }

        return new SymbolicShape(dims);
    }

    /// <summary>Bit a = axis a is reduced.</summary>
    protected static ulong Axes(Attributes attributes, IReadOnlyList<Value?> inputs)
    {
        int rank = inputs[0]!.Shape.Rank;
        IEnumerable<long>? given = attributes.Find<long[]>("axes");
        if (inputs.Count > 1 && inputs[1] is { } v)
        {
            given = v.Known!.Select(d => d.Factor);
        }

        ulong all = rank == 64 ? ulong.MaxValue : (1UL << rank) - 1;
        if (given is null || !given.Any())
        {
            return attributes.Int("noop_with_empty_axes") != 0 ? 0 : all;
        }

        return given.Aggregate(0UL, (bits, a) => bits | (1UL << (int)(a < 0 ? a + rank : a)));
    }

    public override IReadOnlyList<OperatorSample> Samples => FixedSamples;

    private static IReadOnlyList<OperatorSample> FixedSamples { get; } =
    [
        new([new(Dim.N, 5), new(1)], Attributes.None) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(1)], new(("keepdims", 0))) { Integers = { [1] = [1] } },
        new([new(Dim.N, 5, 3), new(2)], new(("keepdims", 0))) { Integers = { [1] = [-1, -2] } },
        new([new(7, 5)], new(("keepdims", 0))),
    ];

    /// <summary>The samples of a reduction that can take rows too.</summary>
    protected static IReadOnlyList<OperatorSample> RowSamples { get; } =
    [
        .. FixedSamples,
        new([new(Dim.N, 5), new(1)], new(("keepdims", 0))) { Integers = { [1] = [0] } },
        new([new(Dim.N, 4, 2, 3), new(3)], Attributes.None) { Integers = { [1] = [0, 2, 3] } },
        new([new(Dim.N, 4, 2, 3), new(3)], new(("keepdims", 0))) { Integers = { [1] = [0, 1, 3] } },
        new([new(Dim.N, 4, 3), new(2)], Attributes.None) { Integers = { [1] = [0, 1] } },
        new([new(new Dim(3, Dim.Rows), 4, 2), new(2)], Attributes.None) { Integers = { [1] = [0, 2] } },
        new([new(Dim.N, 3)], new(("keepdims", 0))),
    ];

    private sealed class Plan
    {
        public Plan(Shape x, ulong axes, long factor)
        {
            Axes = axes;
            OverRows = factor > 0 && (axes & 1) == 1;
            Positions = factor;
            Kept = 1;
            int changes = 0;
            var order = new List<long> { 0 };
            var kept = new List<long>();
            bool before = true;
            bool keptFirst = true;
            for (int a = 1; a < x.Rank; a++)
            {
                bool reduced = (axes >> a & 1) == 1;
                keptFirst &= Kept > 1 || !reduced || x[a] == 1;
                Positions *= reduced ? x[a] : 1;
                Kept *= reduced ? 1 : x[a];
                (reduced ? order : kept).Add(a);
                changes += reduced != before && x[a] != 1 ? 1 : 0;
                before = x[a] == 1 ? before : reduced;
            }

            if (!OverRows || changes < 2)
            {
                return;
            }

            Channels = changes == 2 && keptFirst && factor == 1;
            if (!Channels)
            {
                order.AddRange(kept);
                var target = new long[x.Rank];
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] = x[(int)order[i]];
                }

                Order = new Strided(new Shape(target), Strided.Permuted(x, order.ToArray()), sizeof(float));
                ScratchBytes = x.ElementCount * sizeof(float);
            }
        }

        public ulong Axes { get; }

        public bool OverRows { get; }

        /// <summary>Terms of one row and one result.</summary>
        public long Positions { get; }

        /// <summary>Results.</summary>
        public long Kept { get; }

        /// <summary>Kept axes lie before the reduced ones.</summary>
        public bool Channels { get; }

        public Strided? Order { get; }

        public long ScratchBytes { get; }
    }
}
