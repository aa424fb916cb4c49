namespace YarnDL.Graphs.Programs;

/// <summary>Every value of a graph with a number of its own.</summary>
internal sealed class ValueNumbers
{
    private readonly Dictionary<Value, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<Value> _values = [];

    public ValueNumbers(Graph graph)
    {
        foreach (Value v in graph.Inputs.Concat(graph.Parameters).Concat(graph.Buffers))
        {
            Add(v);
        }

        foreach (Node n in graph.Nodes)
        {
            foreach (Value v in n.Inputs.Concat(n.Outputs).OfType<Value>())
            {
                Add(v);
            }
        }

        foreach (Value v in graph.Outputs)
        {
            Add(v);
        }
    }

    public int Count => _values.Count;

    public Value this[int number] => _values[number];

    public int Of(Value? v) => v is null ? -1 : _numbers[v];

    public int[] Of(IReadOnlyList<Value?> values)
    {
        var numbers = new int[values.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Of(values[i]);
        }

        return numbers;
    }

    private void Add(Value v)
    {
        if (_numbers.TryAdd(v, _values.Count))
        {
            _values.Add(v);
        }
    }
}
