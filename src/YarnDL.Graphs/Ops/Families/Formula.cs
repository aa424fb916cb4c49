using YarnDL.Graphs.Gradients;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Pieces of formulas that bodies of composite operators share.</summary>
internal static class Formula
{
    /// <summary>True where x > bound.</summary>
    public static Value Above(GraphBuilder g, Value x, float bound) => g.Add("Greater", x, g.Constant(bound));

    /// <summary>min(x, 0).</summary>
    public static Value Below0(GraphBuilder g, Value x) => g.Add("Min", x, g.Constant(0f));

    /// <summary>positive where x > 0, else other.</summary>
    public static Value Select(GraphBuilder g, Value x, Value positive, Value other) => g.Add("Where", [Above(g, x, 0), positive, other]);

    /// <summary>The square root with slope 0 at 0, where its own is infinite: a row of equal values has no direction to grow in.</summary>
    public static Value Root(GraphBuilder g, Value x)
    {
        Value zero = g.Add("Equal", x, g.Constant(0f));
        return g.Add("Where", [zero, g.Constant(0f), g.Add("Sqrt", g.Add("Where", [zero, g.Constant(1f), x]))]);
    }

    /// <summary>The sum of all, in their order.</summary>
    public static Value Sum(GraphBuilder g, IReadOnlyList<Value?> x)
    {
        Value sum = x[0]!;
        for (int i = 1; i < x.Count; i++)
        {
            sum = g.Add("Add", sum, x[i]!);
        }

        return x.Count == 1 ? g.Add("Identity", sum) : sum;
    }

    /// <summary>An axis counted from the end when negative, as 0 .. rank - 1.</summary>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis)
        : throw new GraphException($"axis {axis} is outside a value of rank {rank}; axes are {-rank}..{rank - 1}");

    /// <summary>The content of an integer input that must be known before the run.</summary>
    public static long[] Known(Value x, string what) => x.Known is { } dims && dims.All(d => d.IsFixed) ? [.. dims.Select(d => d.Factor)]
        : throw new GraphException($"{what} is computed while the graph runs; make it a constant or arithmetic on shapes");

    /// <summary>The axes that a reduction names by input 1 or attribute; all without any.</summary>
    public static int[] Axes(IReadOnlyList<Value?> x, Attributes a)
    {
        int rank = x[0]!.Shape.Rank;
        long[] given = x.Count > 1 && x[1] is { } v ? Known(v, "axes") : a.Find<long[]>("axes") ?? [];
        bool none = given.Length == 0 && a.Int("noop_with_empty_axes") != 0;
        return given.Length == 0 && !none ? [.. Enumerable.Range(0, rank)] : [.. given.Select(g => Axis(g, rank)).Order()];
    }

    /// <summary>Places from .. to - 1 along an axis.</summary>
    public static Value Part(GraphBuilder g, Value x, int axis, long from, long to) =>
        from == 0 && x.Shape[axis] == to ? x : g.Add("Slice", [x, g.Constant([from]), g.Constant([to]), g.Constant([(long)axis])]);

    /// <summary>The value with some axes, which are not rows, moved behind the others and made one.</summary>
    public static Value Lines(GraphBuilder g, Value x, int[] axes, out SymbolicShape kept)
    {
        int[] stay = [.. Enumerable.Range(0, x.Shape.Rank).Except(axes)];
        if (axes.Any(i => x.Shape[i].IsRows))
        {
            throw new GraphException($"an axis of {x.Shape} among {string.Join(", ", axes)} runs over rows; choose other axes");
        }

        Dim[] dims = x.Shape.Dims.ToArray();
        long count = 1;
        foreach (int i in axes)
        {
            count *= dims[i].Factor;
            dims[i] = 1;
        }

        kept = new SymbolicShape(dims);
        Value moved = Permute(g, x, [.. stay, .. axes]);
        return Shapes.Reshape(g, moved, new([.. stay.Select(i => x.Shape[i]), count]));
    }

    /// <summary>A shape without some axes.</summary>
    public static SymbolicShape Dropped(SymbolicShape shape, int[] axes)
    {
        Dim[] dims = shape.Dims.ToArray();
        return new([.. dims.Where((_, i) => !axes.Contains(i))]);
    }

    /// <summary>A transposition, left out where it changes nothing.</summary>
    public static Value Permute(GraphBuilder g, Value x, params int[] perm) => perm.SequenceEqual(Enumerable.Range(0, perm.Length)) ? x
        : g.Add("Transpose", x, ("perm", perm.Select(p => (long)p).ToArray()));

    /// <summary>(x - mean) / sqrt(variance + epsilon) over axes that are not the rows.</summary>
    public static Value Normalise(GraphBuilder g, Value x, long[] axes, float epsilon)
    {
        Value distance = g.Add("Sub", x, g.Add("ReduceMean", x, g.Constant(axes)));
        Value variance = g.Add("ReduceMean", g.Add("Mul", distance, distance), g.Constant(axes));
        return g.Add("Div", distance, g.Add("Sqrt", g.Add("Add", variance, g.Constant(epsilon))));
    }

    /// <summary>A vector (C) as (C, 1, ..) with one axis per spatial axis.</summary>
    public static Value PerChannel(GraphBuilder g, Value x, int spatial) => spatial <= 0 ? x
        : Shapes.Reshape(g, x, new([x.Shape[0], .. Enumerable.Repeat((Dim)1, spatial)]));

    /// <summary>The indices of Pick: source(o) for each place, -1 where it lies outside.</summary>
    public static long[] Places(long count, Func<long, long> source, long extent)
    {
        var places = new long[count];
        for (long o = 0; o < count; o++)
        {
            long from = source(o);
            places[o] = from >= 0 && from < extent ? from : -1;
        }

        return places;
    }

    /// <summary>y[.., o, ..] = the sum over i of x[.., i, ..] weight(i, o) along one axis that is not the rows: a product with a constant matrix.</summary>
    public static Value Along(GraphBuilder g, Value x, int axis, long from, long to, Func<long, long, float> weight)
    {
        if (x.Shape[axis].IsRows)
        {
            throw new GraphException($"axis {axis} of {x.Shape} runs over rows; choose another axis");
        }

        var matrix = new float[from * to];
        for (long i = 0; i < matrix.Length; i++)
        {
            matrix[i] = weight(i / to, i % to);
        }

        int rank = x.Shape.Rank;
        int[] perm = [.. Enumerable.Range(0, rank).Where(i => i != axis), axis];
        var back = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            back[perm[i]] = i;
        }

        Value y = g.Add("MatMul", Permute(g, x, perm), g.Constant(Tensor.From<float>(new Shape(from, to), matrix)));
        return Permute(g, y, back);
    }
}
