using YarnDL.Tensors;

namespace YarnDL.Graphs.Gradients;

/// <summary>Reverse-mode differentiation, graph to graph.</summary>
public static class GradientBuilder
{
    /// <summary>Appends nodes that compute d(seed · root)/d(wrt), entry by entry; null where root does not depend on the value.</summary>
    /// <param name="builder">Holds the forward nodes; gradient nodes are appended.</param>
    /// <param name="root">The value to differentiate, such as the loss numerator.</param>
    /// <param name="seed">Gradient of the root, same shape; for a loss the reciprocal of its denominator.</param>
    /// <param name="wrt">Parameters, inputs or inner values.</param>
    /// <remarks>Contributions to one value are added in the reverse order of the nodes, within a node in the order of its inputs: the sum is always the same.</remarks>
    /// <exception cref="GraphException">An operator on the way is forward only.</exception>
    public static Value?[] Append(GraphBuilder builder, Value root, Value seed, IReadOnlyList<Value> wrt)
    {
        if (!seed.Shape.Equals(root.Shape) || seed.DType != root.DType)
        {
            throw new GraphException($"[gradient] the seed is {seed.DType}{seed.Shape}, the root {root.Name} is {root.DType}{root.Shape}; they must be alike");
        }

        return Through(builder, 0, [(root, seed)], wrt);
    }

    /// <summary>As the other, for the sum of several roots, each with its seed.</summary>
    public static Value?[] Append(GraphBuilder builder, IReadOnlyList<(Value Root, Value Seed)> roots, IReadOnlyList<Value> wrt) => Through(builder, 0, roots, wrt);

    /// <summary>The gradients of several roots together, through the nodes from number <paramref name="first"/> on; null entries stay null.</summary>
    internal static Value?[] Through(GraphBuilder builder, int first, IReadOnlyList<(Value Root, Value Seed)> roots, IReadOnlyList<Value?> wrt)
    {
        Node[] forward = [.. builder.Nodes.Skip(first)];
        HashSet<Value> varying = Varying(forward, wrt);
        var gradients = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        foreach ((Value root, Value seed) in roots)
        {
            if (varying.Contains(root))
            {
                gradients[root] = gradients.TryGetValue(root, out Value? sum) ? builder.Add("Add", sum, seed) : seed;
            }
        }

        for (int i = forward.Length - 1; i >= 0; i--)
        {
            Node n = forward[i];
            var outer = new Value?[n.Outputs.Count];
            bool reached = false;
            for (int k = 0; k < outer.Length; k++)
            {
                outer[k] = n.Outputs[k] is { } o ? gradients.GetValueOrDefault(o) : null;
                reached |= outer[k] is not null;
            }

            if (reached && n.Inputs.Any(v => v is not null && varying.Contains(v)))
            {
                Accumulate(builder, n, n.Operator.Gradient(new GradientContext(builder, n, outer, varying)), varying, gradients);
            }
        }

        var result = new Value?[wrt.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = wrt[i] is { } v ? gradients.GetValueOrDefault(v) : null;
        }

        return result;
    }

    private static void Accumulate(GraphBuilder builder, Node node, Value?[] inner, HashSet<Value> varying, Dictionary<Value, Value> gradients)
    {
        for (int k = 0; k < inner.Length; k++)
        {
            if (inner[k] is not { } g || node.Inputs[k] is not { } input || !varying.Contains(input) || node.Operator.IsConstantInput(k))
            {
                continue;
            }

            if (!g.Shape.Equals(input.Shape))
            {
                throw new GraphException($"[{node.Operator.Name}] {node.Name}: the gradient of input {k} is {g.Shape}, the input is {input.Shape}; the gradient rule must return the input's shape");
            }

            gradients[input] = gradients.TryGetValue(input, out Value? sum) ? builder.Add("Add", sum, g) : g;
        }
    }

    /// <summary>The values that depend on one of those, by float inputs all the way.</summary>
    private static HashSet<Value> Varying(IReadOnlyList<Node> nodes, IReadOnlyList<Value?> wrt)
    {
        var varying = new HashSet<Value>(wrt.OfType<Value>(), ReferenceEqualityComparer.Instance);
        foreach (Node n in nodes)
        {
            for (int k = 0; k < n.Inputs.Count; k++)
            {
                if (n.Inputs[k] is { } v && varying.Contains(v) && !n.Operator.IsConstantInput(k))
                {
                    foreach (Value? o in n.Outputs)
                    {
                        if (o is not null && o.DType == DType.Float32)
                        {
                            varying.Add(o);
                        }
                    }
                }
            }
        }

        return varying;
    }
}
