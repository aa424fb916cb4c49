using System.Globalization;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>One sample of one operator as a graph with one node, and random inputs for it.</summary>
internal sealed class SampleCase
{
    private readonly OperatorSample _sample;
    private readonly string _name;

    public SampleCase(string op, int number)
        : this(TableRow(op), TableRow(op).Samples[number], op + number)
    {
    }

    /// <exception cref="GraphException">The operator does not take such inputs.</exception>
    private SampleCase(Operator o, OperatorSample sample, string name)
    {
        _sample = sample;
        _name = name;
        Builder = new GraphBuilder(_name);
        var inputs = new Value?[_sample.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (_sample.Inputs[i] is { } shape)
            {
                inputs[i] = _sample.Integers.TryGetValue(i, out long[]? known) ? Builder.Constant(known)
                    : _sample.Numbers.TryGetValue(i, out float[]? numbers) ? Builder.Constant(Tensor.From<float>(shape.At(1), numbers))
                    : Builder.Input("in" + i.ToString(CultureInfo.InvariantCulture), TypeOf(i), shape);
            }
        }

        Outputs = Builder.AddNode(o, inputs, _sample.Attributes, _sample.Outputs);
        Node = Builder.Nodes[^1];
        Graph = Builder.Build(Outputs);
    }

    public GraphBuilder Builder { get; }

    public Value[] Outputs { get; }

    public Node Node { get; }

    public Graph Graph { get; }

    public OperatorSample Sample => _sample;

    public bool HasRows => Graph.Inputs.Any(v => v.Shape.RowAxis >= 0);

    /// <summary>Awkward numbers of rows, or 1 when the sample has none.</summary>
    public int[] RowCounts => HasRows ? [0, 1, 2, 5, 17] : [1];

    /// <summary>Rows enough that kernels share the work among threads, or 1 when the sample has none.</summary>
    public int ManyRows => HasRows ? (int)Math.Clamp(36_000 / Math.Max(1, Graph.Inputs.Concat(Outputs).Max(v => v.Shape.At(1).ElementCount)), 19, 9_000) : 1;

    /// <summary>The float32 inputs whose gradient the operator may be asked for.</summary>
    public Value[] Differentiable => [.. Graph.Inputs.Where(v => v.DType == DType.Float32
        && Enumerable.Range(0, Node.Inputs.Count).Any(i => ReferenceEquals(Node.Inputs[i], v) && !Node.Operator.IsConstantInput(i)))];

    /// <summary>Every sample of every operator.</summary>
    public static IEnumerable<TheoryDataRow<string, int>> All()
    {
        foreach (Operator o in OperatorTable.All.Where(o => o.Domain is "" or "yarndl"))
        {
            for (int i = 0; i < o.Samples.Count; i++)
            {
                yield return Row(o.Name, i);
            }
        }
    }

    /// <summary>A row of theory data that carries the operator as a trait, so that the tests of one operator can be run alone.</summary>
    public static TheoryDataRow<string, int> Row(string op, int sample) => new TheoryDataRow<string, int>(op, sample).WithTrait("op", op);

    /// <summary>The same sample with each of its fixed extents in turn put to awkward ones, as far as the operator takes them.</summary>
    public static IEnumerable<SampleCase> Stretched(string op, int number, IReadOnlyList<long> extents)
    {
        Operator o = TableRow(op);
        OperatorSample sample = o.Samples[number];
        long[] own = [.. sample.Inputs.Where((s, i) => s is not null && !sample.Integers.ContainsKey(i) && !sample.Numbers.ContainsKey(i)).SelectMany(s => s!.Dims.ToArray()).Where(d => d.IsFixed && d.Factor > 1).Select(d => d.Factor).Distinct()];
        foreach (long from in own)
        {
            foreach (long to in extents.Where(e => e != from))
            {
                string name = $"{op}{number} with {to} for {from}";
                if (Try(o, Stretch(sample, from, to, false), name) is { } c || (c = Try(o, Stretch(sample, from, to, true), name)!) is not null)
                {
                    yield return c;
                }
            }
        }
    }

    /// <summary>Random inputs, the same for the same case and number of rows.</summary>
    public Dictionary<string, Array64> Draw(long rows, IEnumerable<Value> inputs)
    {
        ulong state = (ulong)rows;
        foreach (char c in _name)
        {
            state = (state * 31) + c;
        }

        var drawn = new Dictionary<string, Array64>();
        foreach (Value v in inputs)
        {
            Array64 x = Array64.Zeros(v.Shape.At(rows).Dims.ToArray());
            for (int i = 0; i < x.Data.Length; i++)
            {
                state = (state * 6364136223846793005) + 1442695040888963407;
                double u = (state >> 11) / (double)(1UL << 53);
                x.Data[i] = v.DType == DType.Bool ? (u < 0.5 ? 0 : 1)
                    : v.DType is DType.Int64 or DType.UInt8 or DType.Int8 ? Math.Floor(u * Bound(v)) : (float)(_sample.Low + (u * (_sample.High - _sample.Low)));
            }

            drawn[v.Name] = x;
        }

        return drawn;
    }

    private static Operator TableRow(string op) => OperatorTable.All.Single(x => x.Name == op);

    private static SampleCase? Try(Operator o, OperatorSample sample, string name)
    {
        try
        {
            var c = new SampleCase(o, sample, name);
            return c.Graph.Inputs.Concat(c.Outputs).Sum(v => v.Shape.At(3).ElementCount) <= 4_000 ? c : null;
        }
        catch (GraphException)
        {
            return null;
        }
    }

    /// <summary>Every extent <paramref name="from"/> becomes <paramref name="to"/>; in constant inputs and attributes too when asked.</summary>
    private static OperatorSample Stretch(OperatorSample s, long from, long to, bool everywhere)
    {
        var attributes = new List<(string, object)>();
        foreach ((string key, object value) in s.Attributes.All)
        {
            attributes.Add((key, !everywhere ? value : value switch
            {
                long l when l == from => to,
                long[] a => Array.ConvertAll(a, x => x == from ? to : x),
                _ => value,
            }));
        }

        var result = new OperatorSample([.. s.Inputs.Select((x, i) => x is null || s.Integers.ContainsKey(i) || s.Numbers.ContainsKey(i) ? x : new SymbolicShape([.. x.Dims.ToArray().Select(d => d.Factor == from && d.IsFixed ? new Dim(to) : d)]))],
            new Attributes([.. attributes]), s.Low, s.High, s.Outputs)
        { CheckGradient = s.CheckGradient };
        foreach ((int i, long[] v) in s.Integers)
        {
            result.Integers[i] = everywhere ? Array.ConvertAll(v, x => x == from ? to : x) : v;
        }

        foreach ((int i, long bound) in s.Indices)
        {
            result.Indices[i] = bound == from ? to : bound;
        }

        foreach ((int i, float[] v) in s.Numbers)
        {
            result.Numbers[i] = v;
        }

        foreach ((int i, DType type) in s.Types)
        {
            result.Types[i] = type;
        }

        result.Bools.UnionWith(s.Bools);
        return result;
    }

    private long Bound(Value v) => _sample.Indices[int.Parse(v.Name.AsSpan(2), CultureInfo.InvariantCulture)];

    private DType TypeOf(int input) => _sample.Types.TryGetValue(input, out DType type) ? type : _sample.Bools.Contains(input) ? DType.Bool : _sample.Indices.ContainsKey(input) ? DType.Int64 : DType.Float32;
}
