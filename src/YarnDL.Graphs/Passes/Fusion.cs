using YarnDL.Graphs.Ops;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Passes;

/// <summary>
/// Joins a product and the element-wise nodes behind it into one node that finishes its tile while it is in registers:
/// MatMul + Add becomes Gemm, and Gemm or Conv + Relu, Tanh or Sigmoid becomes FusedGemm or FusedConv. The order of operations on an
/// element, and so its bits, stay.
/// </summary>
public static class Fusion
{
    public static Graph Apply(Graph graph) => FuseActivation(FuseBias(graph));

    private static Graph FuseBias(Graph graph)
    {
        Dictionary<Value, int> uses = Uses(graph);
        var rewriter = new GraphRewriter(graph);
        var folded = new Dictionary<Node, Node>();
        foreach (Node n in graph.Nodes)
        {
            if (n.Operator is { Name: "Add", Domain: "" } && n.Inputs[0]!.Producer is { Operator: { Name: "MatMul", Domain: "" } } product
                && uses[n.Inputs[0]!] == 1 && product.Inputs[0]!.Shape.Rank == 2 && product.Inputs[1]!.Shape.Rank == 2 && IsBias(n.Inputs[1]!, n.Outputs[0]!))
            {
                folded.Add(n, product);
            }
        }

        if (folded.Count == 0)
        {
            return graph;
        }

        Operator gemm = OperatorTable.Get("Gemm");
        var gone = new HashSet<Node>(folded.Values);
        foreach (Node n in graph.Nodes)
        {
            if (folded.TryGetValue(n, out Node? product))
            {
                rewriter.Put(n.Name, gemm, [rewriter.Now(product.Inputs[0]!), rewriter.Now(product.Inputs[1]!), rewriter.Now(n.Inputs[1]!)],
                    GraphBuilder.Complete(gemm, n.Name, Attributes.None), n.Outputs);
            }
            else if (!gone.Contains(n))
            {
                rewriter.Keep(n);
            }
        }

        return rewriter.Build();
    }

    private static Graph FuseActivation(Graph graph)
    {
        Dictionary<Value, int> uses = Uses(graph);
        var folded = new Dictionary<Node, Node>();
        foreach (Node n in graph.Nodes)
        {
            if (n.Operator is { Name: "Relu" or "Tanh" or "Sigmoid", Domain: "" } && n.Inputs[0]!.Producer is { Operator: { Name: "Gemm" or "Conv", Domain: "" } } product
                && uses[n.Inputs[0]!] == 1 && (product.Operator.Name == "Conv" || Gemm.IsPlain(product)))
            {
                folded.Add(n, product);
            }
        }

        if (folded.Count == 0)
        {
            return graph;
        }

        var rewriter = new GraphRewriter(graph);
        var gone = new HashSet<Node>(folded.Values);
        foreach (Node n in graph.Nodes)
        {
            if (folded.TryGetValue(n, out Node? product))
            {
                Operator op = OperatorTable.Get("Fused" + product.Operator.Name, "yarndl");
                Value?[] inputs = [.. product.Inputs.Select(v => v is null ? null : rewriter.Now(v))];
                rewriter.Put(n.Name, op, inputs, product.Attributes.With("activation", n.Operator.Name), n.Outputs);
            }
            else if (!gone.Contains(n))
            {
                rewriter.Keep(n);
            }
        }

        return rewriter.Build();
    }

    private static bool IsBias(Value bias, Value sum) => bias.DType == DType.Float32 && bias.Shape.Rank == 1 && bias.Shape[0] == sum.Shape[1] && bias.Shape.IsFixed;

    private static Dictionary<Value, int> Uses(Graph graph)
    {
        var uses = new Dictionary<Value, int>(ReferenceEqualityComparer.Instance);
        foreach (Value v in graph.Nodes.SelectMany(n => n.Inputs).OfType<Value>().Concat(graph.Outputs))
        {
            uses[v] = uses.GetValueOrDefault(v) + 1;
        }

        return uses;
    }
}
