using YarnDL.Graphs;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>The nodes to write, with a unique name per value; where operators were decomposed, which value stands for which.</summary>
internal sealed class ExportGraph
{
    private readonly Dictionary<Value, Value> _replaced;
    private readonly Dictionary<Value, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private ExportGraph(Graph graph, IReadOnlyList<Node> nodes, Dictionary<Value, Value> replaced)
    {
        Nodes = nodes;
        _replaced = replaced;
        foreach (Value v in graph.Inputs.Concat(graph.Parameters).Concat(graph.Buffers).Concat(graph.Outputs))
        {
            if (_names.TryAdd(Resolve(v)!, v.Name))
            {
                _taken.Add(v.Name);
            }
        }
    }

    /// <summary>Every node after its inputs.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    public static ExportGraph AsIs(Graph graph) => new(graph, graph.Nodes, new(ReferenceEqualityComparer.Instance));

    /// <summary>Replaces every node that has another form for export by that form, until none is left: all of domain yarndl must have one.</summary>
    /// <exception cref="ModelFileException">One has no decomposition.</exception>
    public static ExportGraph Decomposed(Graph graph)
    {
        var replaced = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        var kept = new List<Node>();
        GraphBuilder g = GraphBuilder.From(graph);
        for (int i = 0; i < g.Nodes.Count; i++)
        {
            Node n = g.Nodes[i];
            if (n.Operator.Decompose(g, n) is not { } body)
            {
                kept.Add(n.Operator.Domain.Length == 0 ? n : throw new ModelFileException(
                    $"[onnx] node {n.Name}: the operator {n.Operator.Domain}.{n.Operator.Name} has no ONNX form; export the model without it (training graphs are not for export)"));
                continue;
            }

            for (int k = 0; k < n.Outputs.Count; k++)
            {
                if (n.Outputs[k] is { } old)
                {
                    replaced.Add(old, body[k]);
                }
            }
        }

        var probe = new ExportGraph(graph, [], replaced);
        return new ExportGraph(graph, replaced.Count == 0 ? graph.Nodes : probe.Reachable(graph, kept), replaced);
    }

    /// <summary>The value that is written where this one is used.</summary>
    public Value? Resolve(Value? v)
    {
        while (v is not null && _replaced.TryGetValue(v, out Value? other))
        {
            v = other;
        }

        return v;
    }

    public string NameOf(Value value)
    {
        Value v = Resolve(value)!;
        if (!_names.TryGetValue(v, out string? name))
        {
            name = v.Name;
            for (int i = 1; !_taken.Add(name); i++)
            {
                name = $"{v.Name}_{i}";
            }

            _names.Add(v, name);
        }

        return name;
    }

    /// <summary>The nodes that outputs need, in an order in which every node follows its inputs.</summary>
    private List<Node> Reachable(Graph graph, List<Node> kept)
    {
        var keptSet = new HashSet<Node>(kept, ReferenceEqualityComparer.Instance);
        var done = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var order = new List<Node>();
        var open = new Stack<Node>();
        foreach (Value output in graph.Outputs)
        {
            Push(Resolve(output));
            while (open.TryPeek(out Node? n))
            {
                int before = open.Count;
                if (!done.Contains(n))
                {
                    foreach (Value? v in n.Inputs)
                    {
                        Push(Resolve(v));
                    }
                }

                if (open.Count == before)
                {
                    open.Pop();
                    if (done.Add(n))
                    {
                        order.Add(n);
                    }
                }
            }
        }

        return order;

        void Push(Value? v)
        {
            if (v?.Producer is { } p && keptSet.Contains(p) && !done.Contains(p))
            {
                open.Push(p);
            }
        }
    }
}
