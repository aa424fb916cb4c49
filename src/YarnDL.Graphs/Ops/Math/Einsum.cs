using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Einsum.</summary>
public sealed class Einsum : CompositeOperator
{
    public override string Name => "Einsum";

    public override int Since => 12;

    public override string Doc => "Sums of products by an equation such as bij,bjk->bik: one letter per axis, a repeated letter takes the diagonal, letters that the result lacks are summed, ... stands for further axes.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("equation", null)];

    protected override (int Least, int Most) Inputs => (1, int.MaxValue);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        (string[] terms, string result) = Parse(a.String("equation"), x);
        Term all = default;
        for (int i = 0; i < terms.Length; i++)
        {
            string later = result + string.Concat(terms[(i + 1)..]);
            Term next = Diagonal(g, new Term(x[i]!, terms[i]));
            all = i == 0 ? Sum(g, next, later) : Product(g, all, next, later);
        }

        all = Sum(g, all, result);
        return [terms.Length == 1 && ReferenceEquals(all.Value, x[0]) && all.Labels == result ? g.Add("Identity", all.Value) : Ordered(g, all, result)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 4), new(Dim.N, 4, 2)], new(("equation", "bij,bjk->bik"))),
        new([new(Dim.N, 2, 3, 4), new(Dim.N, 2, 5, 4)], new(("equation", "bhld,bhsd->bhls"))),
        new([new(Dim.N, 4), new(Dim.N, 4)], new(("equation", "ij, ij -> i"))),
        new([new(3, 3), new(3, 2)], new(("equation", "ii,ij->j"))),
        new([new(Dim.N, 3, 4), new(4, 2)], new(("equation", "...i,ij->...j"))),
        new([new(Dim.N, 3), new(2, 3), new(2)], new(("equation", "ni,ji,j"))),
        new([new(2, Dim.N, 4), new(4, 2)], new(("equation", "abc,ca->ba"))),
    ];

    private static (string[] Terms, string Result) Parse(string equation, IReadOnlyList<Value?> x)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (terms.Length != x.Count || sides.Length > 2)
        {
            throw new GraphException($"equation {equation} has {terms.Length} terms, {x.Count} inputs are given; there must be one term for each");
        }

        int most = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            bool open = terms[i].Contains("...", StringComparison.Ordinal);
            int further = x[i]!.Shape.Rank - (terms[i].Length - (open ? 3 : 0));
            if (further < 0 || (!open && further > 0))
            {
                throw new GraphException($"term {terms[i]} names {terms[i].Length} axes, the input is {x[i]!.Shape}; there must be one letter for each axis");
            }

            most = Math.Max(most, further);
            terms[i] = terms[i].Replace("...", Further(further), StringComparison.Ordinal);
        }

        string result = sides.Length == 2 ? sides[1].Replace("...", Further(most), StringComparison.Ordinal)
            : Further(most) + string.Concat(string.Concat(terms).Where(char.IsAsciiLetter).GroupBy(c => c).Where(l => l.Count() == 1).Select(l => l.Key).Order());
        var extents = new Dictionary<char, Dim>();
        for (int i = 0; i < terms.Length; i++)
        {
            for (int k = 0; k < terms[i].Length; k++)
            {
                if (extents.TryAdd(terms[i][k], x[i]!.Shape[k]) || extents[terms[i][k]] == x[i]!.Shape[k])
                {
                    continue;
                }

                throw new GraphException($"letter {terms[i][k]} of {equation} is {extents[terms[i][k]]} and {x[i]!.Shape[k]}; an axis must have one extent");
            }
        }

        return result.All(extents.ContainsKey) && result.Distinct().Count() == result.Length ? (terms, result)
            : throw new GraphException($"the result of {equation} names an axis twice or one that no input has; each is named once");
    }

    /// <summary>Labels of the axes that ... stands for, the last ones aligned.</summary>
    private static string Further(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)('0' + count - 1 - i)));

    private static Term Diagonal(GraphBuilder g, Term t)
    {
        for (int first = 0; first < t.Labels.Length; first++)
        {
            int second = t.Labels.IndexOf(t.Labels[first], first + 1);
            if (second < 0)
            {
                continue;
            }

            long extent = t.Value.Shape[first].IsFixed ? t.Value.Shape[first].Factor : throw new GraphException($"letter {t.Labels[first]} names the rows twice; rows have no diagonal");
            string rest = t.Labels.Remove(second, 1).Remove(first, 1);
            int[] perm = [.. Enumerable.Range(0, t.Labels.Length).Where(i => i != first && i != second), first, second];
            Value turned = Formula.Permute(g, t.Value, perm);
            Value flat = Shapes.Reshape(g, turned, new([.. turned.Shape.Dims[..^2], extent * extent]));
            long[] places = [.. Enumerable.Range(0, (int)extent).Select(i => i * (extent + 1))];
            t = new Term(g.Add("Pick", flat, ("axis", -1), ("indices", places)), rest + t.Labels[first]);
            first = -1;
        }

        return t;
    }

    /// <summary>Sums the axes that nobody needs any more.</summary>
    private static Term Sum(GraphBuilder g, Term t, string needed)
    {
        long[] axes = [.. Enumerable.Range(0, t.Labels.Length).Where(i => !needed.Contains(t.Labels[i])).Select(i => (long)i)];
        if (axes.Length == 0)
        {
            return t;
        }

        Value kept = Sums.Over(g, t.Value, axes);
        var left = new string([.. t.Labels.Where(needed.Contains)]);
        return new Term(Shapes.Reshape(g, kept, Formula.Dropped(kept.Shape, [.. axes.Select(i => (int)i)])), left);
    }

    private static Term Product(GraphBuilder g, Term a, Term b, string later)
    {
        a = Sum(g, a, b.Labels + later);
        b = Sum(g, b, a.Labels + later);
        string both = new([.. a.Labels.Where(b.Labels.Contains)]);
        string stack = RowsFirst(a, new([.. both.Where(later.Contains)]));
        string summed = new([.. both.Where(l => !later.Contains(l))]);
        string left = RowsFirst(a, new([.. a.Labels.Where(l => !both.Contains(l))]));
        string right = RowsFirst(b, new([.. b.Labels.Where(l => !both.Contains(l))]));
        Dim[] dims = [.. Extents(a, stack), .. Extents(a, left), .. Extents(b, right)];

        // A product of matrices has no rows inside a stack and no sum over rows.
        bool across = (left + right).Any(l => (a.Labels.Contains(l) ? Extents(a, $"{l}") : Extents(b, $"{l}"))[0].IsRows);
        if (summed.Length == 0 || (stack.Length > 0 && across) || Extents(a, summed).Any(d => d.IsRows))
        {
            Value wide = Shapes.Reshape(g, Ordered(g, a, stack + left + summed), new([.. Extents(a, stack + left), .. right.Select(_ => (Dim)1), .. Extents(a, summed)]));
            Value tall = Shapes.Reshape(g, Ordered(g, b, stack + right + summed), new([.. Extents(b, stack), .. left.Select(_ => (Dim)1), .. Extents(b, right + summed)]));
            return Sum(g, new Term(g.Add("Mul", wide, tall), stack + left + right + summed), later);
        }

        Value x = Ordered(g, a, stack + left + summed);
        Value y = Ordered(g, b, stack + summed + right);
        Dim[] batch = stack.Length == 0 ? [] : [Merged(a, stack)];
        Dim inner = Merged(a, summed);
        x = Shapes.Reshape(g, x, new([.. batch, Merged(a, left), inner]));
        y = Shapes.Reshape(g, y, new([.. batch, inner, Merged(b, right)]));
        return new Term(Shapes.Reshape(g, g.Add("MatMul", x, y), new(dims)), stack + left + right);
    }

    private static Dim[] Extents(Term t, string labels) => [.. labels.Select(l => t.Value.Shape[t.Labels.IndexOf(l)])];

    private static Dim Merged(Term t, string labels) => Count.Of(new SymbolicShape(Extents(t, labels))).Over(Count.One)
        ?? throw new GraphException($"{t.Value.Shape} has rows twice in {labels}; rows are one axis");

    private static string RowsFirst(Term t, string labels) => new([.. labels.OrderBy(l => t.Value.Shape[t.Labels.IndexOf(l)].IsRows ? 0 : 1)]);

    private static Value Ordered(GraphBuilder g, Term t, string labels) => Formula.Permute(g, t.Value, [.. labels.Select(l => t.Labels.IndexOf(l))]);

    private readonly record struct Term(Value Value, string Labels);
}
