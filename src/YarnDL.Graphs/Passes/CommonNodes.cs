using YarnDL.Tensors;

namespace YarnDL.Graphs.Passes;

/// <summary>Computes once what two nodes compute alike: same operator, inputs and attributes (random nodes of one stream draw the same).</summary>
public static class CommonNodes
{
    public static Graph Apply(Graph graph)
    {
        var rewriter = new GraphRewriter(graph);
        var first = new Dictionary<Node, Node>(new Likeness());
        var constants = new Dictionary<(DType, string, string), Value>();
        bool changed = false;
        foreach (Node n in graph.Nodes)
        {
            foreach (Value v in n.Inputs.OfType<Value>())
            {
                if (Content(v) is { } content && !ReferenceEquals(constants.TryAdd(content, v) ? v : constants[content], v))
                {
                    rewriter.Replace(v, constants[content]);
                }
            }

            var now = new Node(n.Name, n.Operator, [.. n.Inputs.Select(v => v is null ? null : rewriter.Now(v))], n.Attributes) { Outputs = n.Outputs };
            if (first.TryGetValue(now, out Node? same) && same.Outputs.Count >= n.Outputs.Count)
            {
                for (int i = 0; i < n.Outputs.Count; i++)
                {
                    if (n.Outputs[i] is { } old)
                    {
                        rewriter.Replace(old, rewriter.Now(same.Outputs[i]!));
                    }
                }

                changed = true;
                continue;
            }

            first.TryAdd(now, now);
            rewriter.Keep(n);
        }

        return changed ? rewriter.Build() : graph;
    }

    /// <summary>What a small constant holds; null for other values.</summary>
    private static (DType, string, string)? Content(Value v) => v.Constant is { } t && t.Shape.ElementCount * t.DType.Size() <= 1024
        ? (t.DType, t.Shape.ToString(), Convert.ToHexString(Bytes(t))) : null;

    private static unsafe ReadOnlySpan<byte> Bytes(Tensor t) => new(t.View.Data, (int)(t.Shape.ElementCount * t.DType.Size()));

    private sealed class Likeness : IEqualityComparer<Node>
    {
        public bool Equals(Node? a, Node? b)
        {
            if (a!.Operator != b!.Operator || a.Inputs.Count != b.Inputs.Count || !a.Attributes.SameAs(b.Attributes))
            {
                return false;
            }

            for (int i = 0; i < a.Inputs.Count; i++)
            {
                if (!ReferenceEquals(a.Inputs[i], b.Inputs[i]))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(Node n) => HashCode.Combine(n.Operator, n.Inputs.Count > 0 ? n.Inputs[0] : null, n.Inputs.Count > 1 ? n.Inputs[1] : null);
    }
}
