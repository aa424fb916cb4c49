namespace YarnDL.Graphs.Passes;

/// <summary>Copies a graph node by node with changes; nodes that do not change are shared, since graphs are never altered.</summary>
internal sealed class GraphRewriter(Graph graph)
{
    private readonly Dictionary<Value, Value> _now = new(ReferenceEqualityComparer.Instance);
    private readonly List<Node> _nodes = [];

    /// <summary>What stands for an old value in the new graph.</summary>
    public Value Now(Value old) => _now.GetValueOrDefault(old, old);

    /// <summary>Lets another value of the new graph stand for an old one.</summary>
    public void Replace(Value old, Value with) => _now[old] = with;

    /// <summary>Keeps a node, with its inputs brought up to date.</summary>
    public void Keep(Node node)
    {
        bool changed = false;
        var inputs = new Value?[node.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = node.Inputs[i] is { } v ? Now(v) : null;
            changed |= !ReferenceEquals(inputs[i], node.Inputs[i]);
        }

        if (changed)
        {
            Put(node.Name, node.Operator, inputs, node.Attributes, node.Outputs);
        }
        else
        {
            _nodes.Add(node);
        }
    }

    /// <summary>Adds a node whose outputs stand for the given old values.</summary>
    public void Put(string name, Operator op, Value?[] inputs, Attributes attributes, IReadOnlyList<Value?> standFor)
    {
        var node = new Node(name, op, inputs, attributes);
        var outputs = new Value?[standFor.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (standFor[i] is { } old)
            {
                outputs[i] = new Value(old.Name, old.DType, old.Shape, ValueKind.Node) { Producer = node, KnownValue = old.KnownValue };
                _now[old] = outputs[i]!;
            }
        }

        node.Outputs = outputs;
        _nodes.Add(node);
    }

    public Graph Build() => new(graph.Name, graph.Inputs, [.. graph.Outputs.Select(Now)], graph.Parameters, graph.Buffers, _nodes);
}
