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
    {
        Operator o = OperatorTable.All.Single(x => x.Name == op);
        _sample = o.Samples[number];
        _name = op + number;
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
    public int[] RowCounts => HasRows ? [1, 2, 5, 17] : [1];

    /// <summary>Every sample of every operator.</summary>
    public static IEnumerable<TheoryDataRow<string, int>> All()
    {
        foreach (Operator o in OperatorTable.All.Where(o => o.Domain is "" or "yarndl"))
        {
            for (int i = 0; i < o.Samples.Count; i++)
            {
                yield return new TheoryDataRow<string, int>(o.Name, i);
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

    private long Bound(Value v) => _sample.Indices[int.Parse(v.Name.AsSpan(2), CultureInfo.InvariantCulture)];

    private DType TypeOf(int input) => _sample.Types.TryGetValue(input, out DType type) ? type : _sample.Bools.Contains(input) ? DType.Bool : _sample.Indices.ContainsKey(input) ? DType.Int64 : DType.Float32;
}
