using YarnDL.Graphs.Gradients;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>What follows from the body of an operator that is made of others.</summary>
internal static class Expansion
{
    /// <summary>Types and shapes of the body's results; an error within it is told in the words of the node.</summary>
    public static ResultType[] Infer(InferContext c, Operator op)
    {
        var inputs = new Value?[c.InputCount];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = c.Has(i) ? c.Input(i) : null;
        }

        try
        {
            Value[] y = op.Expand(new GraphBuilder("body"), inputs, c.Attributes)!;
            return [.. y.Select(v => new ResultType(v.DType, v.Shape, v.KnownValue))];
        }
        catch (GraphException e) when (!e.Message.StartsWith($"[{op.Name}]", StringComparison.Ordinal))
        {
            throw new GraphException($"[{op.Name}] {c.NodeName}: {e.Message}", e);
        }
    }

    /// <summary>The gradient through the body, whose nodes are appended again; a program computes equal nodes once.</summary>
    public static Value?[] Gradient(GradientContext c)
    {
        int first = c.G.Nodes.Count;
        Value[] y = c.Node.Operator.Expand(c.G, c.Node.Inputs, c.Attributes)!;
        var roots = new List<(Value Root, Value Seed)>();
        for (int i = 0; i < c.Node.Outputs.Count; i++)
        {
            if (c.OutputGradient(i) is { } seed)
            {
                roots.Add((y[i], seed));
            }
        }

        var wrt = new Value?[c.Node.Inputs.Count];
        for (int i = 0; i < wrt.Length; i++)
        {
            // A value that is given twice has one gradient, the sum of both uses: it is handed over once.
            wrt[i] = c.Needs(i) && Array.IndexOf(wrt, c.Input(i), 0, i) < 0 ? c.Input(i) : null;
        }

        return GradientBuilder.Through(c.G, first, roots, wrt);
    }
}
