namespace YarnDL.Graphs.Passes;

/// <summary>Puts the nodes of their bodies in the place of operators that are made of others. Every program needs it.</summary>
public static class Expansions
{
    public static Graph Apply(Graph graph)
    {
        var rewriter = new GraphRewriter(graph);
        bool changed = false;
        foreach (Node n in graph.Nodes)
        {
            changed |= Emit(n, rewriter);
        }

        return changed ? rewriter.Build() : graph;
    }

    private static bool Emit(Node node, GraphRewriter rewriter)
    {
        var scratch = new GraphBuilder(node.Name);
        Value?[] inputs = [.. node.Inputs.Select(v => v is null ? null : rewriter.Now(v))];
        if (node.Operator.Expand(scratch, inputs, node.Attributes) is not { } body)
        {
            rewriter.Keep(node);
            return false;
        }

        foreach (Node n in scratch.Nodes)
        {
            Emit(n, rewriter);
        }

        for (int i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i] is { } old)
            {
                rewriter.Replace(old, rewriter.Now(body[i]));
            }
        }

        return true;
    }
}
