namespace YarnDL.Graphs.Passes;

/// <summary>Removes nodes that no output needs. Inputs, parameters and buffers stay as they are.</summary>
public static class DeadNodes
{
    public static Graph Apply(Graph graph)
    {
        Graph slice = GraphSlice.To(graph, [.. graph.Outputs]);
        return slice.Nodes.Count == graph.Nodes.Count ? graph
            : new Graph(graph.Name, graph.Inputs, graph.Outputs, graph.Parameters, graph.Buffers, slice.Nodes);
    }
}
