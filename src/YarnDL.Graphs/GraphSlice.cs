namespace YarnDL.Graphs;

/// <summary>The part of a graph that some of its values need.</summary>
public static class GraphSlice
{
    /// <summary>
    /// A graph whose outputs are the named values, inner ones included. Nodes and inputs that they do not need are gone; parameters and
    /// buffers all stay, so that the flat vectors keep their meaning.
    /// </summary>
    /// <exception cref="GraphException">There is no value of that name.</exception>
    public static Graph To(Graph graph, params IReadOnlyList<string> outputNames)
    {
        var outputs = new Value[outputNames.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = graph.Find(outputNames[i]) ?? throw new GraphException(
                $"[graph] {graph.Name} has no value named {outputNames[i]}; its outputs are {string.Join(", ", graph.Outputs.Select(o => o.Name))}");
        }

        return To(graph, outputs);
    }

    /// <summary>As <see cref="To(Graph, IReadOnlyList{string})"/>, by value.</summary>
    public static Graph To(Graph graph, Value[] outputs)
    {
        var needed = new HashSet<Value>(outputs);
        var nodes = new List<Node>();
        for (int i = graph.Nodes.Count - 1; i >= 0; i--)
        {
            Node n = graph.Nodes[i];
            if (n.Outputs.Any(o => o is not null && needed.Contains(o)))
            {
                nodes.Add(n);
                needed.UnionWith(n.Inputs.OfType<Value>());
            }
        }

        nodes.Reverse();
        return new Graph(graph.Name, [.. graph.Inputs.Where(needed.Contains)], outputs, graph.Parameters, graph.Buffers, nodes);
    }
}
