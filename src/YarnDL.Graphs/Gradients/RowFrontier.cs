using YarnDL.Graphs.Passes;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Gradients;

/// <summary>
/// The border between what depends on rows and what depends on parameters alone. Gradients are added over shards at this border, each use of a value
/// by itself; what lies before it (shared weights, reshaped or normalised weights) is differentiated once, from the sums. Were the uses added first,
/// or the formulas before the border applied to partial sums, the bits would depend on how many processes share the shards.
/// </summary>
public sealed class RowFrontier
{
    private readonly HashSet<Value> _usedBefore;
    private readonly GraphRewriter _rewriter;

    private RowFrontier(GraphRewriter rewriter, Graph graph, Graph before, IReadOnlyList<FrontierTap> taps, HashSet<Value> usedBefore)
    {
        _rewriter = rewriter;
        Graph = graph;
        Before = before;
        Taps = taps;
        _usedBefore = usedBefore;
    }

    /// <summary>The graph with a node of its own for each use of a value that is used more than once.</summary>
    public Graph Graph { get; }

    /// <summary>The part before the border: parameters, buffers, and the nodes that depend on nothing else.</summary>
    public Graph Before { get; }

    /// <summary>The uses, in the order of the nodes; only those that depend on a wanted value.</summary>
    public IReadOnlyList<FrontierTap> Taps { get; }

    /// <summary>True when the value is read before the border too.</summary>
    public bool IsUsedBefore(Value value) => _usedBefore.Contains(value);

    /// <summary>What stands for a value of the original graph in the one with taps.</summary>
    public Value Now(Value old) => _rewriter.Now(old);

    /// <param name="graph">The model, in its training form.</param>
    /// <param name="wanted">Parameters whose gradients are asked for.</param>
    public static RowFrontier Of(Graph graph, IReadOnlyList<Value> wanted)
    {
        var onRows = new HashSet<Value>(graph.Inputs, ReferenceEqualityComparer.Instance);
        var varying = new HashSet<Value>(wanted, ReferenceEqualityComparer.Instance);
        var usedBefore = new HashSet<Value>(ReferenceEqualityComparer.Instance);
        var uses = new Dictionary<Value, int>(ReferenceEqualityComparer.Instance);
        var before = new List<Node>();
        var after = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        foreach (Node n in graph.Nodes)
        {
            bool rows = n.Operator.UsesRandomness || n.Inputs.Any(v => v is not null && onRows.Contains(v));
            for (int k = 0; k < n.Inputs.Count; k++)
            {
                if (n.Inputs[k] is { } v && varying.Contains(v) && !n.Operator.IsConstantInput(k))
                {
                    if (rows)
                    {
                        uses[v] = uses.GetValueOrDefault(v) + 1;
                    }
                    else
                    {
                        usedBefore.Add(v);
                        varying.UnionWith(n.Outputs.OfType<Value>().Where(o => o.DType == DType.Float32));
                    }
                }
            }

            if (rows)
            {
                after.Add(n);
                onRows.UnionWith(n.Outputs.OfType<Value>());
            }
            else
            {
                before.Add(n);
            }
        }

        return Cut(graph, before, after, varying, uses, usedBefore);
    }

    private static RowFrontier Cut(Graph graph, List<Node> before, HashSet<Node> after, HashSet<Value> varying, Dictionary<Value, int> uses, HashSet<Value> usedBefore)
    {
        Operator identity = OperatorTable.Get("Identity");
        var rewriter = new GraphRewriter(graph);
        var found = new List<(Value Source, Value Value, Node Consumer, int Input)>();
        foreach (Node n in graph.Nodes)
        {
            if (!after.Contains(n))
            {
                rewriter.Keep(n);
                continue;
            }

            Value?[] inputs = [.. n.Inputs.Select(v => v is null ? null : rewriter.Now(v))];
            bool changed = false;
            for (int k = 0; k < inputs.Length; k++)
            {
                if (n.Inputs[k] is not { } v || !uses.ContainsKey(v) || n.Operator.IsConstantInput(k))
                {
                    continue;
                }

                if (v.Kind != ValueKind.Parameter || uses[v] > 1 || usedBefore.Contains(v))
                {
                    var tap = new Value($"{v.Name}/use{found.Count}", v.DType, v.Shape, ValueKind.Node);
                    rewriter.Put(tap.Name + "/node", identity, [v], Attributes.None, [tap]);
                    inputs[k] = rewriter.Now(tap);
                    changed = true;
                }

                found.Add((v, inputs[k]!, n, k));
            }

            if (changed)
            {
                rewriter.Put(n.Name, n.Operator, inputs, n.Attributes, n.Outputs);
            }
            else
            {
                rewriter.Keep(n);
            }
        }

        Graph cut = rewriter.Build();
        return new RowFrontier(rewriter, cut, new Graph(graph.Name + "/before rows", [], [], graph.Parameters, graph.Buffers, before),
            [.. found.Select(t => new FrontierTap(t.Source, t.Value, t.Consumer, t.Input, rewriter.Now(t.Consumer.Outputs[0]!)))], usedBefore);
    }
}
