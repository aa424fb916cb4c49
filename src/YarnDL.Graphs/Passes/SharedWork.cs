namespace YarnDL.Graphs.Passes;

/// <summary>
/// Lets a forward node hand over what its gradient would compute again: MaxPool and MaxPoolIndices of one input become
/// MaxPoolWithIndices, SoftmaxCrossEntropy and LogSoftmax of the same logits become SoftmaxCrossEntropy with its second output.
/// </summary>
public static class SharedWork
{
    public static Graph Apply(Graph graph)
    {
        Dictionary<Node, Node> joined = Find(graph);
        if (joined.Count == 0)
        {
            return graph;
        }

        var gone = new HashSet<Node>(joined.Values);
        var rewriter = new GraphRewriter(graph);
        foreach (Node n in graph.Nodes)
        {
            if (joined.TryGetValue(n, out Node? second))
            {
                Operator op = n.Operator.Name == "MaxPool" ? OperatorTable.Get("MaxPoolWithIndices", "yarndl") : n.Operator;
                rewriter.Put(n.Name, op, [.. n.Inputs.Select(v => v is null ? null : rewriter.Now(v))], n.Attributes, [n.Outputs[0], second.Outputs[0]]);
            }
            else if (!gone.Contains(n))
            {
                rewriter.Keep(n);
            }
        }

        return rewriter.Build();
    }

    private static Dictionary<Node, Node> Find(Graph graph)
    {
        var first = new Dictionary<(string, Value), Node>();
        var joined = new Dictionary<Node, Node>();
        foreach (Node n in graph.Nodes)
        {
            if (n is { Operator: { Name: "MaxPool", Domain: "" } or { Name: "SoftmaxCrossEntropy", Domain: "yarndl" }, Outputs.Count: 1 })
            {
                first.TryAdd((n.Operator.Name, n.Inputs[0]!), n);
            }
            else if (Partner(n) is { } name && first.TryGetValue((name, n.Inputs[0]!), out Node? forward) && Same(forward, n) && !joined.ContainsKey(forward))
            {
                joined.Add(forward, n);
            }
        }

        return joined;
    }

    private static string? Partner(Node n) => n.Operator switch
    {
        { Name: "MaxPoolIndices", Domain: "yarndl" } => "MaxPool",
        { Name: "LogSoftmax", Domain: "" } when n.Attributes.Int("axis") == 1 || (n.Attributes.Int("axis") == -1 && n.Inputs[0]!.Shape.Rank == 2) => "SoftmaxCrossEntropy",
        _ => null,
    };

    private static bool Same(Node forward, Node second) => forward.Operator.Name != "MaxPool" || forward.Attributes.SameAs(second.Attributes);
}
